import { type Publication, unpublishFlow } from '@runnel/protocol/publications'
import i18next from 'i18next'
import { client } from '../api/client.ts'
import { publicationsChanged } from '../api/publications.ts'
import { attempt } from '../ui/attempt.ts'
import { confirm } from '../ui/confirm.tsx'
import { notify } from '../ui/notifications.tsx'

/** Asks, then takes a published flow back. */
export async function unpublish({ flow_id, name, today }: Publication): Promise<void> {
  await i18next.loadNamespaces('api')
  const t = i18next.getFixedT(null, 'api')
  const yes = await confirm({
    title: t('unpublish.title', { name }),
    text: t('unpublish.text', { count: today.calls }),
    confirm: t('unpublish.button'),
    danger: true,
    typed: name,
  })
  if (!yes) return
  const worked = await attempt(t('unpublish.failed'), () => client.call(unpublishFlow, { params: { flow_id } }))
  if (worked) notify('success', t('unpublish.done'))
  await publicationsChanged()
}
