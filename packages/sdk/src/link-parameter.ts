/** The parameter in which a visit travels from one of the site's domains to another. */
export const LINK_PARAMETER = 'sj_link'
/** How long a link holds, in ms. */
export const LINK_MS = 120_000
