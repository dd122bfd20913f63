import type { JSX } from 'preact'
import { placeLink } from '../address/place.ts'
import type { SessionObject } from '@sojourn/protocol'
import { CopyButton } from '../design/copy-button.tsx'
import { Fact } from '../design/fact.tsx'
import { JsonFacts } from '../design/json-facts.tsx'
import { LinkOut } from '../design/link-out.tsx'
import { Sent } from '../design/sent.tsx'
import { durationText } from '../words/duration.ts'
import { wholeNumber } from '../words/number.ts'
import {
  deviceWords,
  endReasonWords,
  personWords,
  placeWords,
  startReasonWords,
} from '../words/session-words.ts'
import { fullTime } from '../words/time.ts'
import { Segments } from './segments.tsx'

interface SessionFactsProps {
  readonly session: SessionObject
}

/** What a session amounts to, panel by panel; what is unknown has no line. */
export function SessionFacts({ session }: SessionFactsProps): JSX.Element {
  return (
    <aside class="session-facts" aria-label="About this session">
      <Visit session={session} />
      <Person session={session} />
      <Origin session={session} />
      <Device session={session} />
      {session.properties && <Attached title="Properties" object={session.properties} />}
      {session.traits && <Attached title="Traits" object={session.traits} />}
    </aside>
  )
}

function Visit({ session }: { readonly session: SessionObject }): JSX.Element {
  const { metadata, counts, goals = [], tags } = session
  const { time } = metadata
  return (
    <section class="panel">
      <header>
        <h2>Visit</h2>
        <CopyButton text={session.id} what="session id" isSmall />
      </header>
      <dl class="facts body">
        <Fact words="Started">{fullTime(Date.parse(time.insert))}</Fact>
        <Fact words="Duration">{durationText(time.duration)}</Fact>
        <Fact words="Engaged">{time.engaged > 0 && durationText(time.engaged)}</Fact>
        <Fact words="Events">
          {wholeNumber(counts.events)}, of which {wholeNumber(counts.pageViews)} page views
          {counts.passive > 0 && `; ${wholeNumber(counts.passive)} passive ones beside`}
        </Fact>
        <Fact words="Began">{startReasonWords(session)}</Fact>
        <Fact words="Ended">{metadata.status === 'ended' && endReasonWords(session)}</Fact>
        <Fact words="Bounce">{session.bounce && 'Yes: one event only'}</Fact>
        <Fact words="Points">{session.points !== undefined && wholeNumber(session.points)}</Fact>
        <Fact words="Goals">{goals.length > 0 && <Sent text={goals.join(', ')} />}</Fact>
        <Fact words="Tags">
          {tags.length > 0 && (
            <span class="row">
              {tags.map((tag) => (
                <a key={tag} class="badge accent cut" href={placeLink(['sessions'], { tag })}>
                  <Sent text={tag} maxChars={40} />
                </a>
              ))}
            </span>
          )}
        </Fact>
        <Fact words="Session id">
          <code>
            <Sent text={session.id} />
          </code>
        </Fact>
      </dl>
    </section>
  )
}

function Person({ session }: SessionFactsProps): JSX.Element {
  const { profile, visitor } = session
  const name = <Sent text={personWords(session)} />
  const filter = profile.userId === undefined ? { visitor: visitor?.id } : { profile: profile.userId }
  return (
    <section class="panel">
      <header>
        <h2>Person</h2>
      </header>
      <dl class="facts body">
        <Fact words="Profile">
          <a href={profileLink(session)}>{name}</a>
        </Fact>
        <Fact words="Visit no.">{session.number !== undefined && wholeNumber(session.number)}</Fact>
        <Fact words="Lifecycle">{session.lifecycle}</Fact>
        <Fact words="Visitor">
          {visitor && (
            <code>
              <Sent text={visitor.id} />
            </code>
          )}
        </Fact>
        <Fact words="Sessions">
          <a href={placeLink(['sessions'], { ...filter, range: 'all' })}>All of this person</a>
        </Fact>
      </dl>
    </section>
  )
}

/** An anonymous visitor may have turned out to be somebody since: the search knows. */
function profileLink({ profile, visitor }: SessionObject): string {
  if (profile.userId === undefined && visitor) return placeLink(['profiles'], { search: visitor.id })
  return placeLink(['profiles', profile.userId ?? profile.id])
}

function Origin({ session }: { readonly session: SessionObject }): JSX.Element {
  const { source, segments, utm, referrer } = session
  return (
    <section class="panel">
      <header>
        <h2>Origin</h2>
      </header>
      <dl class="facts body">
        <Fact words="Source">
          <Sent text={source.name} /> <span class="badge">{<Sent text={source.type} maxChars={40} />}</span>
        </Fact>
        <Fact words="Referrer">{referrer && <LinkOut url={referrer.url} />}</Fact>
        <Fact words="Campaign">{utm?.campaign && <Sent text={utm.campaign} />}</Fact>
        <Fact words="… source">{utm?.source && <Sent text={utm.source} />}</Fact>
        <Fact words="… medium">{utm?.medium && <Sent text={utm.medium} />}</Fact>
        <Fact words="… term">{utm?.term && <Sent text={utm.term} />}</Fact>
        <Fact words="… content">{utm?.content && <Sent text={utm.content} />}</Fact>
      </dl>
      {segments.length > 1 && <Segments segments={segments} />}
    </section>
  )
}

function Device({ session }: { readonly session: SessionObject }): JSX.Element {
  const { device, app, os, context } = session
  return (
    <section class="panel">
      <header>
        <h2>Device</h2>
      </header>
      <dl class="facts body">
        <Fact words="Device">{deviceWords(session) && <Sent text={deviceWords(session)!} />}</Fact>
        <Fact words="Model">
          {device?.model && <Sent text={[device.brand, device.model].filter(Boolean).join(' ')} />}
        </Fact>
        <Fact words="Browser">
          {app?.name && <Sent text={[app.name, app.version].filter(Boolean).join(' ')} />}
        </Fact>
        <Fact words="System">{os && <Sent text={[os.name, os.version].filter(Boolean).join(' ')} />}</Fact>
        <Fact words="Screen">{device?.resolution && <Sent text={device.resolution} />}</Fact>
        <Fact words="Window">{app?.resolution && <Sent text={app.resolution} />}</Fact>
        <Fact words="Touch">{device?.touch === undefined ? undefined : device.touch ? 'Yes' : 'No'}</Fact>
        <Fact words="Language">{app?.language && <Sent text={app.language} />}</Fact>
        <Fact words="Place">{placeWords(session) && <Sent text={placeWords(session)!} />}</Fact>
        <Fact words="Zone">{context?.timezone && <Sent text={context.timezone} />}</Fact>
        <Fact words="Address">{device?.ip && <Sent text={device.ip} />}</Fact>
      </dl>
    </section>
  )
}

function Attached({
  title,
  object,
}: {
  readonly title: string
  readonly object: Readonly<Record<string, unknown>>
}): JSX.Element | null {
  if (Object.keys(object).length === 0) return null
  return (
    <section class="panel">
      <header>
        <h2>{title}</h2>
      </header>
      <div class="body">
        <JsonFacts object={object} />
      </div>
    </section>
  )
}
