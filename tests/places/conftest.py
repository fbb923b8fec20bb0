"""Every kind of place, empty, for one suite."""

import itertools
from collections.abc import Callable
from pathlib import Path

import boto3
import pytest

from letterdesk.places import choose
from letterdesk.places.base import Place
from letterdesk.settings import BucketAccess, Places, Settings

_numbers = itertools.count()


@pytest.fixture
def bucket(s3_server: str) -> Callable[[str], Place]:
    """Give places in a new bucket, by prefix."""
    name = f"letters-{next(_numbers)}"
    client = boto3.client(
        "s3",
        endpoint_url=s3_server,
        region_name="us-east-1",
        aws_access_key_id="key",
        aws_secret_access_key="secret",
    )
    client.create_bucket(Bucket=name)

    def make(prefix: str) -> Place:
        address = f"s3://{name}/{prefix}" if prefix else f"s3://{name}"
        access = BucketAccess(endpoint=s3_server, access_key="key", secret_key="secret")
        return choose.public(Settings(places=Places(public=address), bucket=access))

    return make


@pytest.fixture(params=["folder", "bucket", "bucket with a prefix"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "folder":
        return choose.public(Settings(folder=tmp_path))
    make = request.getfixturevalue("bucket")
    return make("" if request.param == "bucket" else "news/room")
