import { AUTOMATIC_WITH_LINKS } from './automatic.ts'
import { DEFAULTS } from './options.ts'
import { runScript } from './run-script.ts'

runScript(DEFAULTS, AUTOMATIC_WITH_LINKS)
