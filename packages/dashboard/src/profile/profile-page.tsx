import type { ProfileObject } from '@sojourn/protocol'
import './profile.css'
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { placeLink } from '../address/place.ts'
import { profileWords } from '../api/profile.ts'
import { useAnswer } from '../api/use-answer.ts'
import { CopyButton } from '../design/copy-button.tsx'
import { Fact } from '../design/fact.tsx'
import { Icon } from '../design/icon.tsx'
import { JsonFacts } from '../design/json-facts.tsx'
import { ProblemNote } from '../design/problem-note.tsx'
import { Sent } from '../design/sent.tsx'
import { useCanChange } from '../login/can-change.ts'
import { Waiting } from '../design/waiting.tsx'
import { durationText } from '../words/duration.ts'
import { wholeNumber } from '../words/number.ts'
import { fullTime } from '../words/time.ts'
import { DeviceLanes } from './device-lanes.tsx'
import { EraseProfile } from './erase-profile.tsx'

/** One person: when on which device and site, what is known of them, and a way to erase it all. */
export function ProfilePage({ id }: { readonly id: string }): JSX.Element {
  const canChange = useCanChange()
  const [isErasing, setErasing] = useState(false)
  const { value: profile, problem, reload } = useAnswer<ProfileObject>(`profiles/${encodeURIComponent(id)}`)
  return (
    <div class="page">
      <header>
        <div class="trail">
          <a href={placeLink(['profiles'])}>Profiles</a>
          <h1>{profile ? <Sent text={profileWords(profile)} maxChars={60} /> : 'Profile'}</h1>
          {profile && profile.userId === undefined && <span class="badge">Anonymous</span>}
        </div>
        {profile && canChange && (
          <button type="button" class="button danger" onClick={() => setErasing(true)}>
            <Icon name="trash" />
            Erase
          </button>
        )}
      </header>
      {problem && !profile && <ProblemNote problem={problem} onRetry={reload} />}
      {!profile && !problem && <Waiting lines={8} />}
      {profile && (
        <>
          <DeviceLanes profile={profile} />
          <div class="profile-columns">
            <Known profile={profile} />
            <Traits profile={profile} />
          </div>
        </>
      )}
      {profile && isErasing && <EraseProfile profile={profile} onClose={() => setErasing(false)} />}
    </div>
  )
}

function Known({ profile }: { readonly profile: ProfileObject }): JSX.Element {
  return (
    <section class="panel" aria-label="Figures">
      <header>
        <h2>In all</h2>
        <CopyButton text={profile.userId ?? profile.id} what="id" isSmall />
      </header>
      <dl class="facts body">
        <Fact words="User id">{profile.userId !== undefined && <Sent text={profile.userId} />}</Fact>
        <Fact words="First seen">{fullTime(Date.parse(profile.firstSeen))}</Fact>
        <Fact words="Last seen">{fullTime(Date.parse(profile.lastSeen))}</Fact>
        <Fact words="Sessions">
          <a
            href={placeLink(['sessions'], {
              profile: profile.id,
              definition: 'cross-property',
              range: 'all',
            })}
          >
            {wholeNumber(profile.sessions)}
          </a>
        </Fact>
        <Fact words="Events">{wholeNumber(profile.events)}</Fact>
        <Fact words="Points">{wholeNumber(profile.points)}</Fact>
        <Fact words="Time spent">{durationText(profile.duration)}</Fact>
        <Fact words="Browsers">{wholeNumber(profile.visitors.length)}</Fact>
        <Fact words="Profile id">
          <code>{profile.id}</code>
        </Fact>
      </dl>
    </section>
  )
}

function Traits({ profile }: { readonly profile: ProfileObject }): JSX.Element {
  const isKnown = Object.keys(profile.traits).length > 0
  return (
    <section class="panel" aria-label="Traits">
      <header>
        <h2>Traits</h2>
      </header>
      <div class="body">
        {isKnown ? (
          <JsonFacts object={profile.traits} />
        ) : (
          <p class="muted">No sender has said anything of this person.</p>
        )}
      </div>
    </section>
  )
}
