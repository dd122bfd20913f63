import type { Campaign } from '@sojourn/protocol'

/** The sites of the company that the seed is about, with the write keys that it uses. */
export const SEED_SOURCES = [
  { name: 'Acme website', type: 'marketing', writeKey: 'pk_seed_marketing' },
  { name: 'Acme docs', type: 'docs', writeKey: 'pk_seed_docs' },
  { name: 'Acme app', type: 'product', writeKey: 'pk_seed_product' },
] as const

/** What is worth points to them, as `PUT /v1/scoring` takes it. */
export const SEED_SCORING = {
  rules: [
    { match: { path: '/pricing' }, points: 5 },
    { match: { name: 'cta_clicked' }, points: 10 },
    { match: { name: 'demo_requested' }, points: 40 },
    { match: { name: 'project_created' }, points: 15 },
    { match: { name: 'checkout_started' }, points: 60 },
  ],
}

/** What they want visitors to do, as `PUT /v1/goals` takes it. */
export const SEED_GOALS = {
  goals: [
    { name: 'demo', match: { name: 'demo_requested' } },
    { name: 'signup page', match: { path: '/signup' } },
    { name: 'checkout', match: { name: 'checkout_started' } },
  ],
}

/** Pages of each site, the most visited first. */
export const PAGES = [
  ['/', '/pricing', '/features', '/blog/what-is-a-session', '/customers', '/signup', '/blog/first-party'],
  ['/docs', '/docs/install', '/docs/sessions', '/docs/api', '/docs/consent'],
  ['/app', '/app/projects', '/app/reports', '/app/settings', '/app/billing'],
] as const

/** What people do on each site beside reading. */
export const CLICKS = [
  ['cta_clicked', 'demo_requested', 'video_played', 'newsletter_joined'],
  ['code_copied', 'search', 'feedback_given'],
  ['report_opened', 'project_created', 'invite_sent', 'export_started', 'checkout_started'],
] as const

/** Pages that lead here; undefined: typed or kept. */
export const REFERRERS = [
  'https://www.google.com/',
  'https://news.ycombinator.com/',
  'https://duckduckgo.com/',
  undefined,
  undefined,
] as const

/** Campaigns that lead here; undefined: none. */
export const CAMPAIGNS: readonly (Campaign | undefined)[] = [
  { source: 'newsletter', medium: 'email', name: 'june' },
  { source: 'google', medium: 'cpc', name: 'brand' },
  { source: 'linkedin', medium: 'social', name: 'launch' },
  undefined,
  undefined,
  undefined,
  undefined,
]

/** What is known of people who log in. */
export const PLANS = ['free', 'pro', 'team'] as const
export const ROLES = ['developer', 'marketer', 'analyst', 'founder'] as const
