/**
 * True where a value of this name is a secret. The name is that of an element or attribute (a namespace prefix does not
 * matter), or what a `name` attribute, a property key or a URL parameter says; words are told apart by capitals, dots,
 * dashes and underscores.
 * The rule: a secret word anywhere (`KeyPassword`, `keystorePass`, `secret_access_key`), unless a later word says that the
 * value is about the secret (`PasswordJavaRegEx`, `secretAlias`); or a last word such as `token`, or `key` after `api`,
 * `private` and the like. A name that the rule does not know how to read is taken for a secret.
 */
export function isSecretName(name: string): boolean {
  const known = knownNames.get(name);
  if (known !== undefined) return known;
  const isSecret = isSecretByItsWords(name);
  // A file has few names, and says each of them many times; what is longer is none.
  if (name.length > longestKnown) return isSecret;
  if (knownNames.size === mostKnown) knownNames.clear();
  knownNames.set(name, isSecret);
  return isSecret;
}

const mostKnown = 1000;
const longestKnown = 100;
const knownNames = new Map<string, boolean>();

function isSecretByItsWords(name: string): boolean {
  if (!secretHint.test(name)) return false;
  const words = wordsOf(name);
  const lastSecret = words.findLastIndex(
    (word, index) => secretWord.test(word) || (passWord.test(word) && !passThrough.has(words[index + 1] ?? '')),
  );
  if (lastSecret >= 0) return !words.slice(lastSecret + 1).some((word) => policyWords.has(word));
  const lastWord = words.findLastIndex((word) => !/^\d+$/.test(word) && !contentWords.has(word));
  const tail = words.slice(0, lastWord + 1).filter((word) => !/^\d+$/.test(word));
  const last = tail.at(-1) ?? '';
  if (last === 'key') return tail.some((word) => keyWords.has(word));
  return secretTails.has(last) || secretKeys.test(last);
}

/**
 * True where a value of this secret name may be shown: a switch such as `true` under a name of several words
 * (`StoreSaltedPassword`, `changePassword`), which says what to do with a password and is none.
 */
export function isSwitch(name: string, value: string): boolean {
  return wordsOf(name).length > 1 && /^\s*(?:true|false)\s*$/i.test(value);
}

/** True where a value only says where the secret comes from: `${db.password}`, `$secret{alias}`, `{{ password }}`, `?`. */
export function isPlaceholder(value: string): boolean {
  return /^\s*(?:\$[\w-]*\{[\w.\- ]*\}|\{\{[\w.:\- ]*\}\}|\?[,)]*)+\s*$/.test(value);
}

/** What every secret name holds, and so every text with one in it; most do not, and are done with here. */
export const secretHint =
  /pass|pwd|pswd|secret|cred|token|salt|signature|authorization|key|pw\b|psw|sig\b|kennwort|contrase|senha|парол/i;

const secretWord =
  /passw(?:or)?[dt]|passphrase|passcode|passkey|pwd|pswd|secret|credential|kennwort|contrase[nñ]a|senha|passe$|парол/;

/** `pass` ends a word (`keystorepass`), but not these: `bypass`, `compass`, `encompass`, `surpass`, `trespass`, `overpass`. */
const passWord = /(?<!by|com|sur|tres|over|under)pass$/;
const passThrough: ReadonlySet<string> = new Set(['through', 'thru', 'over', 'by']);

/** What follows a secret word where the value describes, checks or locates the secret and does not hold it. */
const policyWords: ReadonlySet<string> = new Set(
  `alias aliases algorithm callback class claim decoder digest enabled encoder encryption endpoint error expiration expiry
   expired factory file format generation generator handler header history impl interval length lifetime listener location
   managed manager max message method min msg path pattern period policies policy provider providers recovery regex regexp
   repositories repository reset scope strength style timeout type ui uri url validation validator validity violation`.split(
    /\s+/,
  ),
);

const secretTails: ReadonlySet<string> = new Set('token salt signature authorization pw psw sig cred creds'.split(' '));
/** What follows such a word where the value is still the secret itself. */
const contentWords: ReadonlySet<string> = new Set(['value', 'text', 'string', 'data', 'content']);
const secretKeys = /(?:api|access|private|licen[cs]e|encryption|signing|symmetric|master|auth|session|aes)key$/;
const keyWords: ReadonlySet<string> = new Set(
  'api access private licence license encryption encrypt symmetric signing shared master storage account hmac session aes'.split(
    ' ',
  ),
);

function wordsOf(name: string): readonly string[] {
  const local = name.slice(name.lastIndexOf(':') + 1);
  const joined = local
    .replace(/reg[-_. ]?exp?/gi, 'Regex')
    .replace(/pass[-_. ]?(word|wd|phrase|code|key)/gi, joinPassword);
  return (joined.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\d+|[^\p{L}\d\s._-]+/gu) ?? []).map((word) =>
    word.toLowerCase(),
  );
}

/** `PassWord`, `pass_phrase` and `pass-code` are one word each. */
function joinPassword(found: string, second: string): string {
  const capital = /^[A-Z]/.test(found) ? 'P' : 'p';
  return found === found.toUpperCase() ? `PASS${second}` : `${capital}ass${second.toLowerCase()}`;
}
