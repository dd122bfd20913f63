import { expect, test } from 'vitest'
import { externalReferrer } from './external-referrer.ts'

const url = 'https://www.shop.example/cart'

test('a page of another site is a referrer', () => {
  const referrer = 'https://news.example:8443/a?b=c#d'
  expect(externalReferrer({ url, referrer })).toEqual({ url: referrer, host: 'news.example:8443' })
  expect(externalReferrer({ referrer })?.host).toBe('news.example:8443')
})

test('own pages are none, also under another host of the site', () => {
  for (const host of [
    'www.shop.example',
    'shop.example',
    'app.shop.example',
    'SHOP.example',
    'shop.example:81',
  ])
    expect(externalReferrer({ url, referrer: `https://${host}/` })).toBeUndefined()
})

test('a host that only looks alike is another site', () => {
  for (const host of ['evil-shop.example', 'shop.example.evil.example', 'example'])
    expect(externalReferrer({ url: 'https://shop.example/', referrer: `http://${host}/` })?.host).toBe(
      host === 'example' ? undefined : host,
    )
})

test('apps refer too', () => {
  expect(externalReferrer({ url, referrer: 'android-app://com.google.android.gm/' })?.host).toBe(
    'com.google.android.gm',
  )
})

test('what is no link to a page is none', () => {
  for (const referrer of [
    'javascript:alert(1)',
    'javascript://news.example/%0aalert(1)',
    'data://news.example/,x',
    'ftp://news.example/',
    'data:text/html,x',
    'file:///etc/passwd',
    'about:blank',
    'x',
    '//a',
    '',
  ])
    expect(externalReferrer({ url, referrer })).toBeUndefined()
  expect(externalReferrer(undefined)).toBeUndefined()
})
