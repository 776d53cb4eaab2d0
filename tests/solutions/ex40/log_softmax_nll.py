import torch
import torch.nn.functional as F


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = torch.nn.Linear(64, 100)
        self.out = torch.nn.Linear(100, 10)

    def forward(self, x):
        return F.log_softmax(self.out(F.leaky_relu(self.hidden(x))), dim=1)


def build_model():
    return Net()


def train(model, images, labels):
    opt = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)
    scheduler = torch.optim.lr_scheduler.StepLR(opt, step_size=10, gamma=0.5)
    losses = []
    for _ in range(30):
        perm = torch.randperm(images.size(0))
        epoch_losses = []
        for idx in torch.split(perm, 50):
            loss = F.nll_loss(model(images[idx]), labels[idx])
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            opt.step()
            opt.zero_grad()
            epoch_losses.append(loss.detach())
        scheduler.step()
        losses.append(torch.stack(epoch_losses).mean().item())
    return losses
