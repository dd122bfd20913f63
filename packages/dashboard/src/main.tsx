import './design/tokens.css'
import './design/base.css'
import './design/controls.css'
import './design/parts.css'
import './design/stacking.css'
import './design/event-kind.css'
import './shell/shell.css'
import './login/login.css'
import './design/print.css'
import { render } from 'preact'
import { App } from './shell/app.tsx'

render(<App />, document.getElementById('app')!)
