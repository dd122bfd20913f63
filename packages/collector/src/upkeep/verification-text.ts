import type { Findings, Verification } from '../store/sqlite/verify-database.ts'

/** What `sojourn verify` prints. */
export function verificationText({ structure, events, sessions }: Verification): string {
  const lines = [
    structure.length === 0 ? 'ok      structure' : `WRONG   structure: ${structure.length} problems`,
    ...indented(structure),
    line('events', events, 'are what was written', 'are not what was written'),
    ...indented(events.examples),
    line('sessions', sessions, 'are what their events make them', 'are not what their events make them'),
    ...indented(sessions.examples),
  ]
  return `${lines.join('\n')}\n`
}

/** True when nothing is wrong. */
export function isSound({ structure, events, sessions }: Verification): boolean {
  return structure.length === 0 && events.wrong === 0 && sessions.wrong === 0
}

function line(what: string, { checked, wrong }: Findings, well: string, ill: string): string {
  return wrong === 0 ? `ok      ${checked} ${what} ${well}` : `WRONG   ${wrong} of ${checked} ${what} ${ill}`
}

function indented(lines: readonly string[]): readonly string[] {
  // A damaged id may hold anything, also what moves the cursor of a terminal.
  return lines.map((text) => `        ${text.replaceAll(/\p{Cc}/gu, '?')}`)
}
