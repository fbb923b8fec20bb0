"""The document by which Google's own client libraries find their way about an API."""

from collections.abc import Mapping

VERSION = "v1alpha1"
_TEXT = {"text": "string", "type": "string"}
_SCORE = {"value": "number:float", "type": "string"}
_SPAN = {"begin": "integer:int32", "end": "integer:int32", "score": "Score"}
_SCORES = {"summaryScore": "Score", "spanScores": "[SpanScore"}
_BOTH = {
    "comment": "TextEntry",
    "context": "Context",
    "languages": "[string",
    "clientToken": "string",
    "sessionId": "string",
    "communityId": "string",
}
# Field to type: a schema's name or a plain type with its format; [ a list of it, { a map.
_SCHEMAS: Mapping[str, Mapping[str, str]] = {
    "TextEntry": _TEXT,
    "Score": _SCORE,
    "SpanScore": _SPAN,
    "AttributeScores": _SCORES,
    "ArticleAndParentComment": {"article": "TextEntry", "parentComment": "TextEntry"},
    "Context": {
        "entries": "[TextEntry",
        "articleAndParentComment": "ArticleAndParentComment",
    },
    "AttributeParameters": {"scoreType": "string", "scoreThreshold": "number:float"},
    "AnalyzeCommentRequest": _BOTH
    | {
        "requestedAttributes": "{AttributeParameters",
        "spanAnnotations": "boolean",
        "doNotStore": "boolean",
    },
    "AnalyzeCommentResponse": {
        "attributeScores": "{AttributeScores",
        "languages": "[string",
        "detectedLanguages": "[string",
        "clientToken": "string",
    },
    "SuggestCommentScoreRequest": _BOTH | {"attributeScores": "{AttributeScores"},
    "SuggestCommentScoreResponse": {
        "requestedLanguages": "[string",
        "detectedLanguages": "[string",
        "clientToken": "string",
    },
}
_PLAIN = ("string", "boolean", "number", "integer")
_METHODS = {"analyze": "AnalyzeComment", "suggestscore": "SuggestCommentScore"}


def discovery(root: str) -> dict[str, object]:
    """Give the discovery document (version 1) of the stand-in at the address `root`."""
    return {
        "kind": "discovery#restDescription",
        "discoveryVersion": "v1",
        "id": "commentanalyzer:v1alpha1",
        "name": "commentanalyzer",
        "version": "v1alpha1",
        "title": "A stand-in for the Perspective Comment Analyzer API",
        "protocol": "rest",
        "rootUrl": root,
        "baseUrl": root,
        "basePath": "",
        "servicePath": "",
        "batchPath": "batch",
        "parameters": {
            "key": {"type": "string", "location": "query"},
            "alt": {"type": "string", "location": "query", "default": "json"},
        },
        "schemas": {name: _schema(name, fields) for name, fields in _SCHEMAS.items()},
        "resources": {
            "comments": {
                "methods": {name: _method(name, form) for name, form in _METHODS.items()}
            }
        },
    }


def _method(name: str, form: str) -> dict[str, object]:
    path = f"v1alpha1/comments:{name}"
    return {
        "id": f"commentanalyzer.comments.{name}",
        "path": path,
        "flatPath": path,
        "httpMethod": "POST",
        "parameters": {},
        "parameterOrder": [],
        "request": {"$ref": f"{form}Request"},
        "response": {"$ref": f"{form}Response"},
    }


def _schema(name: str, fields: Mapping[str, str]) -> dict[str, object]:
    properties = {field: _type(kind) for field, kind in fields.items()}
    return {"id": name, "type": "object", "properties": properties}


def _type(kind: str) -> dict[str, object]:
    if kind.startswith("["):
        return {"type": "array", "items": _type(kind[1:])}
    if kind.startswith("{"):
        return {"type": "object", "additionalProperties": _type(kind[1:])}
    plain, _, form = kind.partition(":")
    if plain not in _PLAIN:
        return {"$ref": kind}
    return {"type": plain, "format": form} if form else {"type": plain}
