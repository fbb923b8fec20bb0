"""What a standard says comes out of sealing, for every script that seals."""

# RFC 9180, A.1.1: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-128-GCM, base mode.
VECTOR = {
    "info": "4f6465206f6e2061204772656369616e2055726e",
    "pkEm": "37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431",
    "skEm": "52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736",
    "pkRm": "3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d",
    "pt": "4265617574792069732074727574682c20747275746820626561757479",
    "aad": "436f756e742d30",
    "ct": (
        "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a9"
        "6d8770ac83d07bea87e13c512a"
    ),
}
ENCRYPT_THE_VECTOR = """{
  const pkcs8 = unhex("302e020100300506032b656e04220420" + given.skEm);
  const key = (...how) => crypto.subtle.importKey(...how);
  const pair = {
    privateKey: await key("pkcs8", pkcs8, "X25519", false, ["deriveBits"]),
    publicKey: await key("raw", unhex(given.pkEm), "X25519", true, []),
  };
  const { info, aad, pkRm, pt } = given;
  const how = { to: unhex(pkRm), info: unhex(info), aad: unhex(aad), pair };
  return hex(await encrypt(unhex(pt), how));
}"""
