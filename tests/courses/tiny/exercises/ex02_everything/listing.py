a = 1
b = 2

c = a + b
d = 2 * c
