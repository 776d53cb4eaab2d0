"""Formulas and Markdown as text."""

import pytest
from support.text_blocks import block

from grader.course.formulas import latex_to_unicode
from grader.course.plain_text import markdown_to_text


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        (r"\frac{\partial L}{\partial W_1}", "∂L/∂W₁"),
        (r"\frac{f(x+h) - f(x-h)}{2h}", "(f(x + h) - f(x - h))/(2h)"),
        (r"\frac{1}{n}\sum_{i=1}^{n} (y_i - d_i)^2", "1/n ∑ᵢ₌₁ⁿ (yᵢ - dᵢ)²"),
        (r"\mathrm{relu}(x)_k = \frac{\exp(x_k)}{\sum_j b_j}", "relu(x)ₖ = exp(xₖ)/(∑ⱼ bⱼ)"),
        (r"-\sum_k d_k \log y_k", "-∑ₖ dₖ log yₖ"),
        (r"x_i^2", "xᵢ²"),
        (r"e^{x_k - \max_j x_j}", "e^(xₖ - maxⱼ xⱼ)"),
        (r"\mathbf{x}\cdot\mathbf{W}^\top + b", "x·Wᵀ + b"),
        (r"W \leftarrow W - \eta\,\rho", "W ← W - η ρ"),
        (r"n \times K \rightarrow \mathbb{R}", "n × K → ℝ"),
        (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", "[[1, 2], [3, 4]]"),
        (r"\begin{cases} 1 & u > 0 \\ 0 & u \le 0 \end{cases}", "{1, u > 0; 0, u ≤ 0}"),
        (r"\begin{aligned} a &= b \\ &= c \end{aligned}", "a = b\n= c"),
        (r"\operatorname*{arg\,max}_k \hat{y}_k", "arg maxₖ ŷₖ"),
        (r"y_{\text{true}}", "y_true"),
        (r"10^{-7} \cdot 50\,\%", "10⁻⁷·50 %"),
        (r"0 \cdot \log 0 = 0", "0·log 0 = 0"),
        (r"\frac{1}{2} \cdot 100 = 50", "1/2 · 100 = 50"),
        (r"2 \cdot \frac{1}{2} \cdot 3 \cdot x", "2 · 1/2 · 3·x"),
        (r"\left|a - b\right| \ge -1", "|a - b| ≥ -1"),
        (r"u_j = b_j \qquad u = b, \quad \max(u, 0)", "uⱼ = bⱼ    u = b,    max(u, 0)"),
        ("[1000, 0, -1000]", "[1000, 0, -1000]"),
    ],
)
def test_formulas_become_readable(formula, text):
    assert latex_to_unicode(formula) == text


@pytest.mark.parametrize("formula", [r"\frac{a", r"\unheard{x}", r"\overbrace{x}", "}", r"a_"])
def test_what_has_no_readable_form_stays_latex(formula):
    assert latex_to_unicode(formula) == formula


def test_text_is_wrapped_and_code_is_not():
    text = markdown_to_text(
        block(r"""
            A *long* line with $x_1$ and `a  b`
            that goes on.

            - item
              goes on
            - next

            $$y = \frac{1}{2}$$

            ```python
            x =  $1$
            ```

            | a | b |
            |---|---|"""),
        width=24,
    )
    assert text.split("\n") == [
        "A *long* line with x₁",
        "and `a  b` that goes on.",
        "",
        "- item goes on",
        "- next",
        "",
        "    y = 1/2",
        "",
        "```python",
        "x =  $1$",
        "```",
        "",
        "| a | b |",
        "|---|---|",
    ]


def test_an_old_console_gets_latex():
    assert markdown_to_text("a $x_1$ b", encoding="cp1252") == "a x_1 b"
    assert markdown_to_text("a $x$ b", encoding="cp1252") == "a x b"


def test_money_is_no_formula():
    assert markdown_to_text(r"from 5 $ to 6 $, or \$7") == r"from 5 $ to 6 $, or \$7"
