import { code, page, table } from './markdown';
import { ruleCodes, ruleOf } from '../lib/check/rules';

/** The page of all rules of `check`: what each wants, why, and how bad it is where it is broken. */
export function rulePage(): string {
  const rows = ruleCodes.map((name) => {
    const rule = ruleOf(name);
    return [code(name), rule?.title ?? '', rule?.why ?? '', (rule?.severities ?? []).join(', ')];
  });
  return page(
    'Rules',
    '`lib/check/rules`',
    'What `carbon-patch check` looks at; [checking.md](../checking.md) tells how.\nAn error keeps the cluster from working or loses data, a warning may, and an info is a remark that only `--all` shows.',
    table(['Rule', 'What it wants', 'Why', 'Severity'], rows),
  );
}
