import { VIEWER_LOCALE, usableLocale } from '../words/locale.ts'

// uPlot makes a number format of `navigator.language` when it is loaded, which throws where that is no language: see `usableLocale`.
if (usableLocale([navigator.language]) !== navigator.language)
  Object.defineProperty(navigator, 'language', { value: VIEWER_LOCALE, configurable: true })
