/** The steps of a path, cut at the slashes outside brackets and quotes; the first is empty for an absolute path. */
export function splitSteps(at: string): readonly string[] {
  const steps: string[] = [''];
  let depth = 0;
  let quote = '';
  for (const char of at) {
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === '[' || char === '(') depth++;
    else if (char === ']' || char === ')') depth--;
    else if (char === '/' && depth === 0) {
      steps.push('');
      continue;
    }
    steps.push((steps.pop() ?? '') + char);
  }
  return steps;
}
