// Modules name each other as the page's import map does ("lib/words"); here the names lead to the files.

import { registerHooks } from "node:module";

const assets = new URL("../../../assets/js/", import.meta.url);

registerHooks({
  resolve(name, context, next) {
    return /^(lib|behaviours)\//.test(name) ? next(new URL(`${name}.js`, assets).href, context) : next(name, context);
  },
});
