import type { Page } from 'playwright-core'
import type { PictureData } from './picture-data.ts'
import type { Picture } from './pictures.ts'

const steps =
  (...testIds: readonly string[]) =>
  async (page: Page): Promise<void> => {
    await onFlow(...testIds)(page)
    await page.getByRole('dialog').last().waitFor()
  }
const click =
  (testId: string) =>
  (page: Page): Promise<void> =>
    page.getByTestId(testId).first().click()
const onFlow =
  (...testIds: readonly string[]) =>
  async (page: Page): Promise<void> => {
    await page.getByTestId('div-generic-node').first().waitFor()
    for (const testId of testIds) await page.getByTestId(testId).first().click()
  }
const opened =
  (testId: string) =>
  async (page: Page): Promise<void> => {
    await page.getByTestId(testId).first().click()
    await page.getByRole('dialog').last().waitFor()
  }
const chat = async (page: Page): Promise<void> => {
  await page.getByTestId('input-chat-playground').waitFor()
}

/** What opens on the pages beside what the pictures show. */
export const dialogsOf = ({ echoId, chatId, canvasId }: PictureData, formId: string): readonly Picture[] => [
  { name: 'shared chat', path: `/playground/${echoId}`, prepare: chat },
  { name: 'embedded chat', path: `/embed/${echoId}`, prepare: chat },
  { name: 'chat beside the canvas', path: `/flow/${chatId}?panel=playground`, prepare: chat },
  { name: 'values of a session', path: `/flow/${chatId}?panel=playground`, prepare: steps('open-session-values') },
  { name: 'batch run', path: `/flow/${chatId}?panel=playground`, prepare: steps('open-batch') },
  {
    name: 'prompt',
    path: `/flow/${chatId}`,
    // With the keyboard: in a narrow window the flow is seen from afar, where no field can be clicked.
    prepare: async (page) => {
      await onFlow()(page)
      await page.getByTestId('promptarea_prompt_template').first().press('Enter')
      await page.getByRole('dialog').last().waitFor()
    },
  },
  { name: 'flow settings', path: `/flow/${chatId}`, prepare: onFlow('flow_name') },
  { name: 'large canvas', path: `/flow/${canvasId}?panel=playground`, prepare: chat },
  { name: 'settings of API keys', path: '/settings/api-keys' },
  { name: 'settings of messages', path: '/settings/messages' },
  { name: 'new variable', path: '/settings/global-variables', prepare: opened('api-key-button-store') },
  { name: 'new key', path: '/settings/api-keys', prepare: opened('api-key-button-store') },
  { name: 'new MCP server', path: '/settings/mcp-servers', prepare: opened('add-mcp-server-button-page') },
  { name: 'provider', path: '/settings/model-providers', prepare: click('provider-item-openai') },
  { name: 'new knowledge base', path: '/knowledge', prepare: opened('new-knowledge-btn') },
  { name: 'new test', path: `/flow/${echoId}/tests`, prepare: opened('new-test') },
  { name: 'account menu', path: '/files', prepare: click('user-profile-settings') },
  { name: 'notifications', path: '/files', prepare: click('notification_button') },
  { name: 'share menu', path: `/flow/${chatId}`, prepare: onFlow('publish-button') },
  { name: 'run by a form', path: `/flow/${formId}`, prepare: onFlow('run-with-form') },
  { name: 'inspector', path: `/flow/${chatId}`, prepare: onFlow('div-generic-node', 'edit-button-modal') },
  { name: 'node menu', path: `/flow/${chatId}`, prepare: onFlow('div-generic-node', 'more-options-modal') },
]
