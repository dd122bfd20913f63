import { AUTOMATIC } from './automatic.ts'
import { SCRIPT_DEFAULTS } from './options.ts'
import { runScript } from './run-script.ts'

runScript(SCRIPT_DEFAULTS, AUTOMATIC)
