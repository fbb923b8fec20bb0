/* What the embed says without a connection, by language: assets.py puts it in. Only a thread that
 * an older version published, and that has no words for it, lets it be fetched. */

export const offline = {};
