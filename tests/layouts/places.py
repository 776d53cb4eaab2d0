"""Every way of installing that is tried: what it leaves on the disk, and how Python is started."""

import contextlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
COURSE = ("exercises", "answers", "i18n")
VERSION = f"python{sys.version_info.major}.{sys.version_info.minor}"
SITE = f"lib/{VERSION}/site-packages"


@dataclass
class Layout:
    """One machine's state: an interpreter, its surroundings, and where courses lie."""

    python: Path
    site: Path  # where the libraries are found
    env: dict[str, str] = field(default_factory=dict)
    course: Path | None = None  # named by --course
    copies: list[Path] = field(default_factory=list)  # folders with a course, used or not
    secret: list[Path] = field(default_factory=list)  # other files that nobody may open
    wrapper: tuple[str, ...] = ()  # what starts the interpreter


class Workshop:
    """Makes layouts from parts that are made once."""

    def __init__(self, folder, base, wheel):
        """``base``: an interpreter; ``wheel``: of this checkout."""
        self.folder, self.base, self.wheel = folder, base, wheel
        self.parts = folder / "parts"
        for installed in needed("nn-grader", without="torch"):
            link_files(installed, self.parts)
        (self.parts / "not_listed.py").write_text("there = True\n")
        self.grader = folder / "grader-alone"
        pip("install", "--no-deps", "--target", self.grader, wheel)
        shutil.rmtree(self.grader / "bin", ignore_errors=True)

    def environment(self, name, **options):
        """Make a virtual environment of the base interpreter; return it and its site-packages."""
        place = self.folder / name
        command = [self.base, "-m", "venv", "--without-pip", *options.get("more", ()), place]
        subprocess.run(command, check=True, capture_output=True)
        return place, place / SITE

    def fill(self, site, *trees):
        """Put everything from these trees into a site-packages, as hard links."""
        for tree in trees or (self.parts, self.grader):
            link_tree(tree, site)

    def checkout(self, name):
        """Copy what of the checkout an installation needs."""
        place = self.folder / name
        for part in ("grader", *COURSE):
            link_tree(ROOT / part, place / part)
        for part in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE"):
            shutil.copy(ROOT / part, place / part)
        return place

    def copy_course(self, place):
        """Put a course there."""
        for part in COURSE:
            link_tree(ROOT / part, place / part)
        return place


def needed(name, without):
    """Yield the distributions that one requires, and theirs, without itself."""
    waiting, seen = [name], {name, without}
    while waiting:
        installed = metadata.distribution(waiting.pop())
        for text in installed.requires or ():
            wanted = Requirement(text)
            if wanted.name in seen or (wanted.marker and not wanted.marker.evaluate({"extra": ""})):
                continue
            seen.add(wanted.name)
            waiting.append(wanted.name)
            yield metadata.distribution(wanted.name)


def link_files(installed, site):
    """Put a distribution's files into a site-packages."""
    for file in installed.files or ():
        source = Path(str(file.locate()))
        if ".." not in file.parts and source.is_file():
            link(source, site.joinpath(*file.parts))


def link_tree(tree, target):
    """Make a tree of hard links; of symbolic ones the same."""
    for folder, names, files in os.walk(tree):
        here = target / Path(folder).relative_to(tree)
        here.mkdir(parents=True, exist_ok=True)
        for name in files + [n for n in names if Path(folder, n).is_symlink()]:
            link(Path(folder, name), here / name)


def link(source, target):
    """Make a hard link, or a copy where there can be none."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        if source.is_symlink():
            target.symlink_to(source.readlink())
            return
        try:
            os.link(source, target)
        except FileExistsError:
            raise
        except OSError:
            shutil.copy2(source, target)


def pip(*arguments):
    """Run the pip of this environment."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *map(str, arguments)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def wheel_in_environment(shop, name, more=()):
    """A wheel installed into a virtual environment by pip."""
    place, site = shop.environment(name, more=more)
    shop.fill(site, shop.parts)
    pip("--python", place / "bin/python", "install", "--no-deps", shop.wheel)
    return Layout(place / "bin/python", site, copies=[site / "grader/_course"])


def editable(shop, name):
    checkout = shop.checkout(f"{name}-checkout")
    place, site = shop.environment(name)
    shop.fill(site, shop.parts)
    pip("--python", place / "bin/python", "install", "--no-deps", "-e", checkout)
    assert not (site / "grader").exists()
    return Layout(place / "bin/python", site, copies=[checkout])


def environment_in_checkout(shop, name):
    """As the README has it: what is granted lies in the folder of the course."""
    checkout = shop.checkout(name)
    place, site = shop.environment(f"{name}/.venv")
    shop.fill(site, shop.parts)
    (site / "nn_grader.pth").write_text(f"{checkout}\n")
    return Layout(place / "bin/python", site, copies=[checkout])


def copy_left_by_an_old_editable_install(shop, name):
    layout = editable(shop, name)
    copy = shop.copy_course(layout.site / "grader/_course")
    return Layout(layout.python, layout.site, copies=[*layout.copies, copy])


def system_python(shop, name):
    """In the folder of the interpreter itself, of which only a mount namespace has this version."""
    site = shop.folder / name
    shop.fill(site)
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    done = subprocess.run([shop.base, "-c", code], check=True, capture_output=True, text=True)
    real = Path(done.stdout.strip())
    script = f'mount --bind "{site}" "{real}" && exec "$@"'
    wrapper = ("unshare", "--mount", "--propagation", "private", "sh", "-c", script, "sh")
    return Layout(shop.base, real, copies=[real / "grader/_course"], wrapper=wrapper)


def environment_with_system_packages(shop, name):
    return wheel_in_environment(shop, name, more=["--system-site-packages"])


def of_a_user(shop, name):
    """As ``pip install --user`` leaves it."""
    home = shop.folder / name
    site = home / ".local" / SITE
    shop.fill(site)
    return Layout(shop.base, site, {"HOME": str(home)}, copies=[site / "grader/_course"])


def target(shop, name):
    site = shop.folder / name
    shop.fill(site)
    return Layout(shop.base, site, {"PYTHONPATH": str(site)}, copies=[site / "grader/_course"])


def prefix(shop, name):
    site = shop.folder / name / SITE
    shop.fill(site)
    return Layout(shop.base, site, {"PYTHONPATH": str(site)}, copies=[site / "grader/_course"])


def checkout_beside_a_wheel(shop, name):
    layout = wheel_in_environment(shop, name)
    checkout = shop.checkout(f"{name}-checkout")
    layout.env["PYTHONPATH"] = str(checkout)
    layout.copies.append(checkout)
    return layout


def tool(shop, name):
    """As pipx and ``uv tool`` leave it: an environment in the home folder."""
    home = shop.folder / name
    layout = wheel_in_environment(shop, f"{name}/.local/share/pipx/venvs/nn-grader")
    layout.env["HOME"] = str(home)
    return layout


def symbolic_links_to_a_cache(shop, name):
    """As ``uv --link-mode symlink`` leaves it: real folders, and every file a link."""
    place, site = shop.environment(name)
    cache = shop.folder / f"{name}-cache" / "archive-v0"
    for tree, archive in ((shop.parts, cache / "aB3"), (shop.grader, cache / "cD4")):
        link_tree(tree, archive)
        for folder, _, files in os.walk(archive):
            here = site / Path(folder).relative_to(archive)
            here.mkdir(parents=True, exist_ok=True)
            for file in files:
                (here / file).symlink_to(Path(folder, file))
    copies = [site / "grader/_course", cache / "cD4/grader/_course"]
    return Layout(place / "bin/python", site, copies=copies)


def hard_links_to_a_cache(shop, name):
    """As uv does where it can."""
    place, site = shop.environment(name)
    cache = shop.folder / f"{name}-cache" / "archive-v0/cD4"
    link_tree(shop.grader, cache)
    shop.fill(site, shop.parts, cache)
    copies = [site / "grader/_course", cache / "grader/_course"]
    return Layout(place / "bin/python", site, copies=copies)


def folder_of_links(shop, name):
    """As Nix and Guix have it: a package is a link to a folder in a store."""
    place, site = shop.environment(name)
    store = shop.folder / f"{name}-store"
    for tree, package in ((shop.parts, store / "aaaa-parts"), (shop.grader, store / "bbbb-grader")):
        link_tree(tree, package / SITE)
        for entry in (package / SITE).iterdir():
            (site / entry.name).symlink_to(entry)
    copies = [site / "grader/_course", store / "bbbb-grader" / SITE / "grader/_course"]
    return Layout(place / "bin/python", site, copies=copies)


def leftover_of_pip(shop, name):
    """What an interrupted pip leaves behind."""
    layout = wheel_in_environment(shop, name)
    layout.copies.append(shop.copy_course(layout.site / "~rader/_course"))
    information = next(layout.site.glob("nn_grader-*.dist-info"))
    link_tree(information, layout.site / f"~{information.name[1:]}")
    return layout


def course_in_site_packages(shop, name):
    layout = wheel_in_environment(shop, name)
    layout.course = shop.copy_course(layout.site / "mycourse")
    layout.copies.append(layout.course)
    return layout


def course_in_a_library(shop, name):
    """What no installer noted, in folders that are granted as a whole."""
    layout = wheel_in_environment(shop, name)
    for folder in ("numpy", "numpy/linalg/mycourse", "numpy.libs/copied"):
        layout.copies.append(shop.copy_course(layout.site / folder))
    layout.course = layout.copies[-1]
    only_answers = layout.site / "numpy/fft/kept/ex11_softmax"
    link_tree(ROOT / "answers/ex11_softmax", only_answers)
    layout.secret.append(only_answers / "reference.py")
    # Its name tells nothing; but no installer has noted it.
    link(ROOT / "answers/ex11_softmax/reference.py", layout.site / "numpy/ma/helpful.py")
    layout.secret.append(layout.site / "numpy/ma/helpful.py")
    return layout


def course_in_the_standard_library(shop, name):
    """Of an interpreter that is there for this alone; without one of one's own, of a copy."""
    layout = wheel_in_environment(shop, name)
    home = shop.folder / f"{name}-python"
    real = stdlib_of(shop.base)
    link_tree(real, home / "lib" / VERSION)
    shutil.rmtree(home / "lib" / VERSION / "site-packages", ignore_errors=True)
    layout.copies += [
        shop.copy_course(home / "lib" / VERSION / "mycourse"),
        shop.copy_course(home / "lib" / VERSION / "json/mycourse"),
    ]
    layout.env["PYTHONHOME"] = str(home)
    layout.env["PYTHONPATH"] = str(layout.site)
    return layout


def stdlib_of(python):
    code = "import sysconfig; print(sysconfig.get_path('stdlib'))"
    done = subprocess.run([python, "-c", code], check=True, capture_output=True, text=True)
    return Path(done.stdout.strip())


def course_at_home(shop, name):
    layout = wheel_in_environment(shop, name)
    home = shop.folder / f"{name}-home"
    layout.course = shop.copy_course(home / "course")
    layout.copies.append(layout.course)
    layout.env["HOME"] = str(home)
    return layout


LAYOUTS = (
    editable,
    environment_in_checkout,
    copy_left_by_an_old_editable_install,
    wheel_in_environment,
    system_python,
    environment_with_system_packages,
    of_a_user,
    target,
    prefix,
    checkout_beside_a_wheel,
    tool,
    symbolic_links_to_a_cache,
    hard_links_to_a_cache,
    folder_of_links,
    leftover_of_pip,
    course_in_site_packages,
    course_in_a_library,
    course_in_the_standard_library,
    course_at_home,
)
