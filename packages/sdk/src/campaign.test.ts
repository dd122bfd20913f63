import { expect, test } from 'vitest'
import { campaignOf } from './campaign.ts'

test.each([
  ['', undefined],
  ['?page=2', undefined],
  ['?utm_source=', undefined],
  ['?utm_other=x', undefined],
  ['?utm_source=news&utm_campaign=june%20sale', { source: 'news', name: 'june sale' }],
  [
    '?utm_source=a&utm_medium=b&utm_campaign=c&utm_term=d&utm_content=e',
    { source: 'a', medium: 'b', name: 'c', term: 'd', content: 'e' },
  ],
  ['?utm_source=%E0%A4%A', { source: '\ufffd%A' }],
])('%s', (search, campaign) => {
  expect(campaignOf(`https://shop.example/cart${search}#utm_source=no`)).toEqual(campaign)
})
