/** Room for what requests hold in memory. */
export interface ByteRoom {
  /** Takes a seat for one request of this client. */
  enter(client: string | undefined): RoomSeat
}

/** What one request holds. */
export interface RoomSeat {
  /** Holds `bytes` more. False, and nothing changes, where there is no room, or this client has had its share. */
  grow(bytes: number): boolean
  /** Gives everything back. Once is enough, twice does no harm. */
  leave(): void
}

/** How much there is, in bytes. */
export interface RoomSize {
  readonly all: number
  /** For the requests of one client together, so that no one alone can fill the room, however slowly it sends. */
  readonly each: number
}

/** An empty room. Requests without a client, such as those of this machine, share the whole of it. */
export function createByteRoom(size: RoomSize): ByteRoom {
  let held = 0
  const heldBy = new Map<string, number>()
  return {
    enter(client) {
      let mine = 0
      return {
        grow(bytes) {
          const theirs = client === undefined ? 0 : (heldBy.get(client) ?? 0) + bytes
          if (held + bytes > size.all || theirs > size.each) return false
          held += bytes
          mine += bytes
          if (client !== undefined) heldBy.set(client, theirs)
          return true
        },
        leave() {
          held -= mine
          if (client !== undefined && mine > 0) {
            const left = (heldBy.get(client) ?? 0) - mine
            if (left > 0) heldBy.set(client, left)
            else heldBy.delete(client)
          }
          mine = 0
        },
      }
    },
  }
}
