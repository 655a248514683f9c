/** A generated page: where it comes from, a title, and paragraphs with an empty line between them. */
export function page(title: string, source: string, ...paragraphs: readonly string[]): string {
  const origin = `<!-- Generated from ${source} by \`npm run docs\`; do not edit. -->`;
  return `${[origin, `# ${title}`, ...paragraphs].join('\n\n')}\n`;
}

/** A table; line ends and bars in the cells are made harmless. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A fenced block. */
export function block(language: string, text: string): string {
  return `\`\`\`${language}\n${text.replace(/\n$/, '')}\n\`\`\``;
}

/** Text as code inside a line. */
export function code(text: string): string {
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}

function cell(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');
}
