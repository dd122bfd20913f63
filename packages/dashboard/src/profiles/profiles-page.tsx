import type { ProfileSummary } from '@sojourn/protocol'
import './profiles.css'
import type { JSX } from 'preact'
import { placeLink } from '../address/place.ts'
import { replacePlace } from '../address/use-place.ts'
import { profileWords } from '../api/profile.ts'
import { ProblemNote } from '../design/problem-note.tsx'
import { Sent } from '../design/sent.tsx'
import { Waiting } from '../design/waiting.tsx'
import { durationText } from '../words/duration.ts'
import { wholeNumber } from '../words/number.ts'
import { agoText, fullTime, shortTime } from '../words/time.ts'
import { useNow } from '../words/use-now.ts'
import { useProfilePages } from './use-profile-pages.ts'

/** Who comes: every person, whose last session began last first, and a search for one. */
export function ProfilesPage({ params }: { readonly params: Readonly<Record<string, string>> }): JSX.Element {
  const { search } = params
  const { profiles, hasMore, isLoading, problem, reload, readMore } = useProfilePages(search)
  return (
    <div class="page">
      <header>
        <h1>Profiles</h1>
        <input
          class="input profile-search"
          type="search"
          aria-label="Search by how the user id begins, or by a visitor id"
          placeholder="User id begins with…"
          maxLength={128}
          value={search ?? ''}
          onInput={({ currentTarget: { value } }) => replacePlace(['profiles'], { search: value.trim() })}
        />
      </header>
      <p class="muted">
        A profile is a person: a user id with all browsers that logged in as it, or one browser as long as it
        is anonymous.
      </p>
      {problem && <ProblemNote problem={problem} onRetry={reload} />}
      {!profiles && !problem && <Waiting lines={8} />}
      {profiles?.length === 0 && (
        <div class="panel empty">
          <strong>{search === undefined ? 'Nobody has come yet' : 'Nobody is found'}</strong>
          <p>
            {search === undefined
              ? 'Persons appear here with their first event.'
              : 'The beginning of a user id will do, or of the id that an anonymous person is listed by. A visitor id is asked for as a whole.'}
          </p>
        </div>
      )}
      {profiles && profiles.length > 0 && (
        <section class="panel scroll-x" aria-label="Persons" aria-busy={isLoading} tabIndex={0} role="region">
          <ProfilesTable profiles={profiles} />
          {hasMore && (
            <p class="body">
              <button type="button" class="button" disabled={isLoading} onClick={readMore}>
                Show more
              </button>
            </p>
          )}
        </section>
      )}
    </div>
  )
}

function ProfilesTable({ profiles }: { readonly profiles: readonly ProfileSummary[] }): JSX.Element {
  const now = useNow()
  return (
    <table class="plain-table profiles-table stacking">
      <thead>
        <tr>
          <th scope="col">Person</th>
          <th scope="col">Last seen</th>
          <th scope="col">First seen</th>
          {['Sessions', 'Events', 'Points', 'Time spent'].map((head) => (
            <th key={head} scope="col" class="number">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {profiles.map((profile) => (
          <tr key={profile.id}>
            <th scope="row">
              <a
                href={placeLink(['profiles', profile.id])}
                class={profile.userId === undefined ? 'anonymous' : ''}
              >
                <Sent text={profileWords(profile)} maxChars={60} />
              </a>
            </th>
            <td data-head="Last seen">
              <Moment iso={profile.lastSeen} text={agoText(Date.parse(profile.lastSeen), now)} />
            </td>
            <td class="muted" data-head="First seen">
              <Moment iso={profile.firstSeen} text={shortTime(Date.parse(profile.firstSeen), now)} />
            </td>
            <td class="number" data-head="Sessions">
              {wholeNumber(profile.sessions)}
            </td>
            <td class="number" data-head="Events">
              {wholeNumber(profile.events)}
            </td>
            <td class="number" data-head="Points">
              {wholeNumber(profile.points)}
            </td>
            <td class="number" data-head="Time spent">
              {durationText(profile.duration)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Moment({ iso, text }: { readonly iso: string; readonly text: string }): JSX.Element {
  return (
    <time dateTime={iso} title={fullTime(Date.parse(iso))}>
      {text}
    </time>
  )
}
