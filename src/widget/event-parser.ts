/** One server-sent event that carries data. */
export interface ServerEvent {
  readonly data: string;
  /** The last id that the stream gave, or an empty string. */
  readonly id: string;
}

/**
 * Reads an event stream that comes in pieces (HTML standard, section 9.2): any line ending, comments, several `data`
 * lines, pieces that end anywhere. Gives the events that each piece completes.
 */
export function createEventParser(): (piece: string) => readonly ServerEvent[] {
  let rest = '';
  let data: string | undefined;
  let id = '';

  return (piece) => {
    const events: ServerEvent[] = [];
    rest += piece;
    for (;;) {
      const end = /\r\n|\n|\r(?!$)/.exec(rest);
      if (!end) return events;
      const line = rest.slice(0, end.index).replace(/^\ufeff/, '');
      rest = rest.slice(end.index + end[0].length);
      const [, name, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
      if (line === '') {
        if (data !== undefined) events.push({ data, id });
        data = undefined;
      } else if (name === 'data') data = data === undefined ? value : `${data}\n${value}`;
      else if (name === 'id') id = value;
    }
  };
}
