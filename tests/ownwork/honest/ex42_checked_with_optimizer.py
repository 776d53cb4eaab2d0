import torch
from torch import nn
import torch.nn.functional as F

class Layer:
    def __call__(self, *args): return self.forward(*args)

class Linear(Layer):
    def __init__(self, w, b):
        self.w = w; self.b = b
        self.w.grad = None
    def forward(self, x):
        self.inp = x
        self.out = x @ self.w + self.b
        return self.out
    def backward(self, g):
        self.inp_g = g @ self.w.t()
        self.wg = (self.inp.unsqueeze(-1) * g.unsqueeze(1)).sum(0)
        self.bg = g.sum(0)
        return self.inp_g

class ReLU(Layer):
    def forward(self, x):
        self.inp = x
        return x.clamp_min(0.) 
    def backward(self, g): return (self.inp > 0).float() * g

class CE(Layer):
    def forward(self, x, t):
        self.t = t
        self.p = F.softmax(x, -1)
        return F.cross_entropy(x, t)
    def backward(self):
        return (self.p - F.one_hot(self.t, self.p.shape[-1])) / self.p.shape[0]

class Model():
    def __init__(self, p):
        self.layers = [Linear(p['W1'], p['b1']), ReLU(), Linear(p['W2'], p['b2'])]
        self.loss = CE()
    def __call__(self, x, t):
        for l in self.layers: x = l(x)
        return self.loss(x, t)
    def backward(self):
        g = self.loss.backward()
        for l in reversed(self.layers): g = l.backward(g)

def backward(x, d, params):
    m = Model(params)
    loss = m(x, d)
    m.backward()
    return {'W1': m.layers[0].wg, 'b1': m.layers[0].bg, 'W2': m.layers[2].wg, 'b2': m.layers[2].bg}

# sanity check against autograd
if torch.cuda.is_available():
    device = "cuda"
else:
    device = "cpu"
x = torch.randn(4, 3, device=device)
d = torch.randint(0, 2, (4,), device=device)
ps = {k: torch.randn(*s, device=device, requires_grad=True) for k, s in dict(W1=(3,5), b1=(5,), W2=(5,2), b2=(2,)).items()}
F.cross_entropy(torch.relu(x @ ps['W1'] + ps['b1']) @ ps['W2'] + ps['b2'], d).backward()
with torch.no_grad():
    mine = backward(x, d, {k: v.detach() for k, v in ps.items()})
for k in mine:
    print(k, (mine[k] - ps[k].grad).abs().max().item())
model = nn.Sequential(nn.Linear(3, 5), nn.ReLU(), nn.Linear(5, 2))
opt = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(3):
    opt.zero_grad()
    out = model(x)
    l = F.cross_entropy(out, d)
    l.backward()
    opt.step()
