"""A database file on a network share is refused with the reason (O4)."""

from pathlib import Path, PureWindowsPath

import pytest

from tests.databases import copy_of_sqlite_template
from tests.postgres_server import Run
from tests.services.store.test_opening import refusal_of, why
from trainer_desk.services.errors import DeskError
from trainer_desk.services.store import shares
from trainer_desk.services.store.engine import create_store, open_store
from trainer_desk.texts import error_text

LINUX = r"""
22 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw
30 22 0:45 / /mnt/office rw - cifs //server/office rw,vers=3.1.1
31 22 0:46 / /mnt/old rw shared:9 master:1 - nfs4 server:/export rw
32 30 8:3 / /mnt/office/own rw - ext4 /dev/sdb1 rw
33 22 0:50 / /media/ana/Training\040room rw - fuse.sshfs ana@far: rw
34 22 0:51 / /media/ana/stick rw - fuse.exfat /dev/sdc1 rw
35 22 0:52 / /mnt/c rw - 9p drvfs rw,aname=drvfs
36 22 0:53 / / rw,relatime - overlay overlay rw
"""
PLACES = {
    "/media/ana/a.desk": False,
    "/mnt/office/a.desk": True,
    "/mnt/office": True,
    "/mnt/office2/a.desk": False,
    "/mnt/office/own/a.desk": False,
    "/mnt/old/deep/down/a.desk": True,
    "/media/ana/Training room/a.desk": True,
    "/media/ana/stick/a.desk": False,
    "/mnt/c/Applications/a.desk": True,
}


@pytest.mark.parametrize(("path", "far"), PLACES.items(), ids=PLACES.keys())
def test_the_innermost_mount_tells(path: str, far: bool) -> None:
    assert shares.is_on_share(Path(path), lambda: shares.read_mountinfo(LINUX)) is far


MAC = """
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//ana@server/office on /Volumes/office share (smbfs, nodev, nosuid, mounted by ana)
map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)
"""


@pytest.mark.parametrize(("path", "far"), [("/Applications/a.desk", False), ("/Volumes/office share/a.desk", True)])
def test_the_table_of_macos(path: str, far: bool) -> None:
    assert shares.is_on_share(Path(path), lambda: shares.read_mount(MAC)) is far


@pytest.mark.parametrize(
    ("path", "far"), [(r"\\server\office\a.desk", True), ("//server/office/a.desk", True), (r"C:\a.desk", False)]
)
def test_windows_tells_by_the_name(path: str, far: bool) -> None:
    assert shares.is_on_share(PureWindowsPath(path)) is far


def test_what_cannot_be_known_is_local(tmp_path: Path) -> None:
    def broken() -> shares.Mounts:
        raise PermissionError

    assert not shares.is_on_share(tmp_path, broken)
    assert not shares.is_on_share(tmp_path, lambda: shares.read_mountinfo("nonsense\n1 2 3 - \n"))


def test_a_file_on_a_share_is_neither_opened_nor_made(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(copy_of_sqlite_template(run, tmp_path / "organisation.desk"))
    (tmp_path / "link.desk").symlink_to(path)
    open_store(str(path)).close()
    monkeypatch.setattr(shares, "_mounts", lambda: [("/", "ext4"), (str(tmp_path.resolve()), "nfs4")])
    for name in ("organisation.desk", "link.desk"):
        refusal = refusal_of(tmp_path / name)
        assert why(refusal) == "network_share"
        assert "local disk" in error_text(refusal)
    with pytest.raises(DeskError) as refused:
        create_store(str(tmp_path / "new.desk"))
    assert why(refused.value) == "network_share"
    assert not (tmp_path / "new.desk").exists()
