import { drawPage } from './app/draw-page.tsx'
import { SharedChat } from './pages/shared-chat/shared-chat.tsx'
import './styles.css'

// The server answers with this page only where the address is one of these.
const [, place, flowId = ''] = /^\/(playground|embed)\/([^/]+)/.exec(location.pathname) ?? []

void drawPage(<SharedChat flowId={decodeURIComponent(flowId)} isEmbedded={place === 'embed'} />)
