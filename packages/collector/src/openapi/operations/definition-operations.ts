import { COMPARE_PARAMETERS, GAPS_PARAMETERS } from '../../definition/definitions-routes.ts'
import type { Operation } from '../operation.ts'
import { listOf, record, ref } from '../schema.ts'

const ONE = { status: 200, description: 'The definition.', schema: ref('Definition') } as const

/** Definitions, and what to make of the data before there is one. */
export const DEFINITION_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/definitions',
    summary: 'All definitions.',
    admission: 'token',
    answer: {
      status: 200,
      description: 'The definitions.',
      schema: record({ definitions: listOf(ref('Definition')) }),
    },
  },
  {
    method: 'get',
    path: '/v1/definitions/:name',
    summary: 'One definition.',
    admission: 'token',
    answer: ONE,
  },
  {
    method: 'put',
    path: '/v1/definitions/:name',
    summary: 'Makes a definition, or a new version of it, and tells its sessions.',
    admission: 'admin',
    body: ref('NewDefinition'),
    answer: ONE,
  },
  {
    method: 'delete',
    path: '/v1/definitions/:name',
    summary: 'Takes a definition and its sessions away; the events stay.',
    admission: 'admin',
    answer: { status: 204, description: 'It is gone.' },
  },
  {
    method: 'post',
    path: '/v1/definitions/:name/rebuild',
    summary: 'Tells the sessions of a definition anew, beside those that readers see.',
    admission: 'admin',
    answer: ONE,
  },
  {
    method: 'post',
    path: '/v1/definitions/preview',
    summary: 'What a definition that is not stored makes of the latest events.',
    admission: 'admin',
    body: ref('NewDefinition'),
    answer: { status: 200, description: 'Its figures.', schema: ref('DefinitionPreview') },
  },
  {
    method: 'get',
    path: '/v1/definitions/what-if',
    summary: 'Sessions, bounces and durations for every timeout from 1 s to 30 d.',
    admission: 'token',
    parameters: GAPS_PARAMETERS,
    answer: {
      status: 200,
      description: 'One entry for each timeout, ascending.',
      schema: record({ timeouts: listOf(ref('WhatIf')) }),
    },
  },
  {
    method: 'get',
    path: '/v1/definitions/suggest',
    summary: 'A timeout from the data, or why they give none.',
    admission: 'token',
    parameters: GAPS_PARAMETERS,
    answer: { status: 200, description: 'The suggestion.', schema: ref('Suggestion') },
  },
  {
    method: 'get',
    path: '/v1/definitions/compare',
    summary: 'What two definitions make of the same events.',
    admission: 'token',
    parameters: COMPARE_PARAMETERS,
    answer: { status: 200, description: 'Both sides, and where they differ.', schema: ref('Comparison') },
  },
]
