import type { Operation } from '../operation.ts'
import { TEXT, listOf, record, ref } from '../schema.ts'

/** Sources, and what pages ask on the way from one of the owner's sites to another. */
export const SOURCE_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/sources',
    summary: 'All sources.',
    admission: 'token',
    answer: { status: 200, description: 'The sources.', schema: record({ sources: listOf(ref('Source')) }) },
  },
  {
    method: 'post',
    path: '/v1/sources',
    summary: 'Makes a source. Without origins any page may send.',
    admission: 'admin',
    body: ref('NewSource'),
    answer: { status: 201, description: 'The source with its id and write key.', schema: ref('Source') },
  },
  {
    method: 'patch',
    path: '/v1/sources/:id',
    summary: 'Changes name, type or origins of a source; what is left out stays.',
    admission: 'admin',
    body: ref('SourceChange'),
    answer: { status: 200, description: 'The source as it is now.', schema: ref('Source') },
  },
  {
    method: 'post',
    path: '/v1/sources/:id/rotate',
    summary: 'Gives a source a new write key; the old one ends at once.',
    admission: 'admin',
    answer: { status: 200, description: 'The source with its new key.', schema: ref('Source') },
  },
  {
    method: 'delete',
    path: '/v1/sources/:id',
    summary: "Ends a source's right to send; what it sent stays.",
    admission: 'admin',
    answer: { status: 204, description: 'It is ended.' },
  },
  {
    method: 'post',
    path: '/v1/link',
    summary: "Seals the token of a visit that goes on at another of the owner's hosts.",
    admission: 'write-key',
    body: ref('Link'),
    answer: { status: 200, description: 'The sealed token.', type: 'text/plain', schema: TEXT },
  },
  {
    method: 'post',
    path: '/v1/link/redeem',
    summary: 'Gives the visit of a token, once.',
    admission: 'write-key',
    body: ref('Link'),
    answer: { status: 200, description: 'The visit, as a plain token.', type: 'text/plain', schema: TEXT },
  },
]
