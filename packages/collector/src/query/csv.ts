/** What a cell can hold. Texts are a sender's, so they are made harmless; numbers stay numbers. */
export type CsvValue = string | number | boolean | undefined

/**
 * One line of RFC 4180 CSV with its line end. A text that a spreadsheet could take for a formula gets an apostrophe in front, which
 * spreadsheets do not show; so does one that begins with an apostrophe, so that a reader gets every text back by taking one off.
 */
export function csvLine(values: readonly CsvValue[]): string {
  return `${values.map(csvCell).join(',')}\r\n`
}

// Spreadsheets skip spaces and control characters before a formula, and take full-width signs for plain ones (OWASP, "CSV Injection").
const FORMULA = /^['\s\u0000-\u001f\u200b-\u200f\u202a-\u202e\ufeff]*[=+\-@＝＋－＠|%]|^['\t\r\n]/

function csvCell(value: CsvValue): string {
  if (value === undefined) return ''
  if (typeof value !== 'string') return String(value)
  const harmless = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n']|^\s|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
