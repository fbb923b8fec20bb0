"""Every kind of place, empty, for one suite."""

import itertools
from collections.abc import Callable
from pathlib import Path

import boto3
import pytest
from botocore.client import BaseClient

from letterdesk.places import choose
from letterdesk.places.base import Place
from letterdesk.settings import BucketAccess, Places, Settings
from tests.processes import PATIENCE

_numbers = itertools.count()


def s3_client(server: str) -> BaseClient:
    """Give what puts objects into the server's buckets as a stranger would."""
    return boto3.client(
        "s3",
        endpoint_url=server,
        region_name="us-east-1",
        aws_access_key_id="key",
        aws_secret_access_key="secret",
    )


@pytest.fixture
def bucket(s3_server: str) -> Callable[[str], Place]:
    """Give places in a new bucket, by prefix."""
    name = f"letters-{next(_numbers)}"
    client = s3_client(s3_server)
    client.create_bucket(Bucket=name)

    def make(prefix: str) -> Place:
        address = f"s3://{name}/{prefix}" if prefix else f"s3://{name}"
        access = BucketAccess(
            endpoint=s3_server,
            access_key="key",
            secret_key="secret",
            timeout_seconds=PATIENCE,
        )
        return choose.public(Settings(places=Places(public=address), bucket=access))

    return make


@pytest.fixture(params=["folder", "bucket", "bucket with a prefix"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "folder":
        return choose.public(Settings(folder=tmp_path))
    make = request.getfixturevalue("bucket")
    return make("" if request.param == "bucket" else "news/room")
