/**
 * User ids that never link anyone: what programs send when they know no user. Compared in small letters and without spaces and quotes.
 * Most are on PostHog's list too (https://posthog.com/docs/product-analytics/identify, "illegal distinct ids").
 */
const NOBODY: ReadonlySet<string> = new Set([
  '',
  '0',
  '-1',
  '-',
  '?',
  'null',
  'nil',
  'none',
  'undefined',
  'undef',
  'nan',
  'void',
  'empty',
  'true',
  'false',
  'n/a',
  'na',
  'unknown',
  'anonymous',
  'anon',
  'guest',
  'visitor',
  'nobody',
  'user',
  'userid',
  'user_id',
  'user-id',
  'id',
  'uid',
  'uuid',
  'email',
  'distinctid',
  'distinct_id',
  'anonymousid',
  'anonymous_id',
  'notauthenticated',
  'not_authenticated',
  'notloggedin',
  'not_logged_in',
  'loggedout',
  'logged_out',
  'object',
  '[object]',
  '[objectobject]',
  '[objectnull]',
  '[objectundefined]',
  '{}',
  '[]',
  '()',
  '(null)',
  '(none)',
  '(notset)',
  '(not_set)',
  '<null>',
  '<nil>',
  '{{userid}}',
  '{{user_id}}',
  '{{user.id}}',
  '${userid}',
  '${user.id}',
  '%userid%',
  '00000000-0000-0000-0000-000000000000',
])

/** Spaces of any kind, characters without width, and quotes around or within. */
const BLANKS = /[\s\u00ad\u200b-\u200f\u2060\ufeff"'`]+/gu

/** The user that an event names, where the id is one that can stand for a person. */
export function linkingUser({ userId }: { readonly userId?: string }): string | undefined {
  return userId !== undefined && isLinkingUserId(userId) ? userId : undefined
}

/**
 * True when a user id can stand for one person, so that it may link visitors to a profile. False for the ids that programs send when they
 * know no user (`""`, `"null"`, `"undefined"`, `"0"`, `"anonymous"`, …), in any letter case, spacing or full-width form.
 */
export function isLinkingUserId(userId: string): boolean {
  const bare = userId.normalize('NFKC').replace(BLANKS, '').toLowerCase()
  return !NOBODY.has(bare) && !/^0+$/.test(bare)
}
