import { ACTIVE_MS } from '../../profile/lifecycle.ts'

const IS_PRODUCT = (session: string) =>
  `${session}.source_row in (select row from sources where type = 'product')`

/**
 * SQL for where the profile of a session `s` stands, as `lifecycleOf` has it: null where it did not begin at a product. The session before
 * is found through an index, so nothing has to be kept right when events arrive late. For sessions that are told by profile.
 */
export const LIFECYCLE = `case when ${IS_PRODUCT('s')} then ifnull((
  select case when s.start - p.start <= ${ACTIVE_MS} then 'active' else 'resurrected' end
  from sessions p
  where p.identity_row = s.identity_row and p.start <= s.start and ${IS_PRODUCT('p')}
    and (p.start < s.start or p.bounds ->> '$.start.event' < s.bounds ->> '$.start.event')
  order by p.start desc
  limit 1
), 'new') end`
