import functions
import numpy as np

x = np.array([2.0, 3.0])
W1 = np.array([[0.4, -1.0, 0.5], [0.2, 0.5, -1.0]])
b1 = np.array([0.1, 0.8, 0.5])
W2 = np.array([[0.5], [1.0], [-2.0]])
b2 = np.array([0.25])

u = x @ W1 + b1
z = functions.relu(u)
v = z @ W2 + b2
y = functions.identity(v)
print("The network answers", y)
