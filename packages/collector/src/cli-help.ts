import { SETTINGS } from './settings.ts'
import type { Setting } from './settings.ts'

const WIDTH = 100
const INDENT = ' '.repeat(6)

/** The text of `sojourn --help`, made of the settings' table. */
export function cliHelp(): string {
  return [
    'Usage: sojourn <command> [flags]',
    '',
    'Commands:',
    '  serve      Collect events and answer the read API and the dashboard.',
    '  token rotate [--read]',
    '             Make a new admin token, or the read-only one, and print it. The old one and its logins end.',
    '  import FILE [--source NAME] [--type TYPE] [--origin URL] [--format FORMAT]',
    '             Store the events of a file: NDJSON of ours or of Segment, or a web server log, also gzipped.',
    '  export events | sessions [--definition NAME] [--format ndjson|csv]',
    '             Print all events, or the sessions of a definition.',
    '  backup FILE',
    '             Copy the database as it is now into a new file, also beside a running collector.',
    '  restore FILE [--replace]',
    '             Put a backup in the place of the database. With --replace, one that is there is moved aside.',
    '  verify     Read all that is stored, fold all sessions again, and say what is damaged (then exit code 1).',
    '',
    'Flags, each also an environment variable (the flag wins):',
    ...Object.values(SETTINGS as Readonly<Record<string, Setting<unknown>>>).flatMap(helpLines),
    '  --help      Print this.',
    '  --version   Print the version.',
    '',
  ].join('\n')
}

function helpLines(setting: Setting<unknown>): string[] {
  const flag = `  --${setting.flag}${setting.placeholder ? ` ${setting.placeholder}` : ''}`
  const variable = `${setting.variable}${setting.default === undefined ? '' : ` (default ${setting.default})`}`
  return [`${flag.padEnd(32)} ${variable}`, ...wrap(setting.meaning)]
}

function wrap(text: string): string[] {
  const lines: string[] = ['']
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`.trimStart()
    if (INDENT.length + longer.length > WIDTH) lines.push(word)
    else lines[lines.length - 1] = longer
  }
  return lines.map((line) => INDENT + line)
}
