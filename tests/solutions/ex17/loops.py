import math


def nll(log_probs, target):
    total = 0.0
    for i in range(len(target)):
        total += float(log_probs[i][target[i]])
    return -total / len(target)


def cross_entropy(logits, target):
    total = 0.0
    for row, label in zip(logits.tolist(), target.tolist(), strict=True):
        largest = max(row)
        s = 0.0
        for value in row:
            s += math.exp(value - largest)
        total += largest + math.log(s) - row[label]
    return total / len(target)
