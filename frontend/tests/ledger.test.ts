import { describe, expect, it } from 'vitest'

import type { OwnRight } from '@/shared/api/ledger'

import { textsOf, valuesOf } from '../src/features/filling/ledger/right'

const right = (facts: OwnRight['facts']): OwnRight =>
  ({ number: 'ZL201811070331.7', title: 'A', kind: 'invention', legal_state: 'valid', filed_on: '2018-09-13', granted_on: null, publication: '', holder_name: '', facts }) as unknown as OwnRight

describe('a right in the form', () => {
  it('keeps unknown, none and zero apart', () => {
    const known = valuesOf(textsOf(right({ family: [], awards: ['gold', 'silver'], pledge: 0, related: false }), 'None'), 'None')
    expect([known.family, known.awards, known.pledge, known.related]).toEqual([[], ['gold', 'silver'], '0', false])
    const open = valuesOf(textsOf(right({}), 'None'), 'None')
    expect([open.family, open.awards, open.pledge, open.related, open.granted_on, open.holder_rank, open.obtained]).toEqual([null, null, null, null, null, null, 'unknown'])
  })

  it('reads several parts however they are divided', () => {
    const texts = { ...textsOf(null, 'None'), family: 'US1B2；EP2, JP3、 ', awards: ' none ' }
    const values = valuesOf(texts, 'None')
    expect([values.family, values.awards]).toEqual([['US1B2', 'EP2', 'JP3'], []])
  })
})
