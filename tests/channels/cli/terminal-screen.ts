/** The lines that a terminal shows after it was sent `output`; understands what the commands use. */
export function terminalScreen(output: string, columns = 80): string {
  const lines: string[][] = [[]];
  let row = 0;
  let column = 0;
  const line = (): string[] => {
    while (lines.length <= row) lines.push([]);
    return lines[row]!;
  };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what this reads.
  for (const [token, parameter, final] of output.matchAll(/\x1b\[(\d*)([A-Za-z])|[\s\S]/gu)) {
    const count = Number(parameter || 1);
    if (final === 'A') row = Math.max(0, row - count);
    else if (final === 'B') row += count;
    else if (final === 'C') column += count;
    else if (final === 'D') column = Math.max(0, column - count);
    else if (final === 'G') column = count - 1;
    else if (final === 'J') {
      line().length = Math.min(line().length, column);
      lines.length = row + 1;
    } else if (final === 'K') {
      if (parameter === '2') line().length = 0;
      else line().length = Math.min(line().length, column);
    } else if (final === 'm') continue;
    else if (final !== undefined) throw new Error(`Unknown escape sequence ${JSON.stringify(token)}`);
    else if (token === '\r') column = 0;
    else if (token === '\n') {
      row++;
      column = 0;
    } else {
      if (column === columns) {
        row++;
        column = 0;
      }
      const cells = line();
      while (cells.length < column) cells.push(' ');
      cells[column++] = token;
    }
  }
  return lines.map((cells) => cells.join('').trimEnd()).join('\n');
}
