import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/**
 * Test ids the product shares with Langflow's editor, where it has the same element: tests written for the one find their
 * way in the other. A star stands for what depends on data.
 */
const SHARED: Readonly<Record<string, string>> = {
  home: `mainpage_title search-store-input list-card flow-name-div new-project-btn new_project_btn_empty_page
    home-dropdown-menu btn-edit-flow btn-download-json btn-duplicate-flow btn_delete_dropdown_menu
    btn_delete_delete_confirmation_modal checkbox-* download-bulk-btn delete-bulk-btn`,
  projects: `add-project-button upload-project-button input-project more-options-button_* btn-rename-project
    btn-download-project btn-delete-project`,
  templates: 'modal-title side_nav_options_* search-input-template template_* category_title_* blank-flow',
  sidebar: `sidebar-search-input sidebar-nav-search sidebar-nav-* sidebar-nav-add_note disclosure-* *_*_draggable add-component-button-*
    sidebar-options-trigger sidebar-legacy-switch sidebar-beta-switch sidebar-filter-reset
    sidebar-custom-component-button sidebar-add-mcp-server-button`,
  canvas: `react-flow-id canvas_controls_dropdown zoom_in zoom_out fit_view reset_zoom note_node color_picker group-node`,
  node: `div-generic-node title-* generic-node-title-arrangement button_run_* node_duration_* node_status_icon_*_error
    node_status_icon_*_inactive output-inspection-*-* handle-*-*-*-* icon-*`,
  toolbar: `code-button-modal edit-button-modal freeze-all-button-modal tool-mode-button more-options-modal
    minimize-button-modal expand-button-modal update-button review-button update-all-button backup-flow-checkbox`,
  fields: `int_int_* float_float_* toggle_bool_* dropdown_str_* textarea_str_* popover-anchor-input-* inputlist_str_*_*
    promptarea_prompt_* codearea_code_* slider_thumb_* edit_* show* *-*-option dropdown_search_input genericModalBtnSave
    modal-promptarea_prompt_template checkAndSaveBtn title_error_code_modal`,
  run: 'stop_building_button playground-btn-flow-io playground-btn-flow',
  chat: `input-chat-playground button-send button-stop chat-message-*-* sender_name_* div-chat-message session-selector
    helpful-button not-helpful-button save-button cancel-button chat-code-tab copy-code-button voice-button`,
  share: `publish-button api-access-item shareable-playground publish-switch mcp-server-item api_tab_python
    api_tab_javascript api_tab_curl tweaks-button btn-copy-code`,
  mcp: `mcp-btn mcp-server-title *-tab json-input *-name-input stdio-command-input stdio-args_* http-url-input
    add-mcp-server-button-page`,
  settings: `flow_name input-flow-name input-flow-description lock-flow-switch save-flow-settings cancel-flow-settings
    save-flow-button`,
  files: `upload-file-btn drag-files-component search-files-input select-files-modal-button file-item-*
    context-menu-button-* bulk-download-btn bulk-delete-btn button_open_file_management`,
  shell: 'user-profile-settings menu_settings_button notification_button back_page_button',
}

/** Every text that stands in the code as such, with a star for each value in it. */
function literals(): ReadonlySet<string> {
  const files = globSync('**/*.{ts,tsx}', { cwd: import.meta.dirname }).filter((file) => !file.includes('.test.'))
  expect(files.length).toBeGreaterThan(300)
  const found = files.flatMap((file) => {
    const text = readFileSync(join(import.meta.dirname, file), 'utf8')
    return [...text.matchAll(/'([\w-]+)'|"([\w-]+)"|`([^`\n]+)`/g)].map(
      ([, single, double, template = '']) =>
        single ?? double ?? template.replaceAll(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '*'),
    )
  })
  return new Set(found)
}

test('every element that Langflow has as well has its test id', () => {
  const known = literals()
  const missing = Object.entries(SHARED).flatMap(([area, ids]) =>
    ids
      .split(/\s+/)
      .filter((id) => !known.has(id))
      .map((id) => `${area}: ${id}`),
  )
  expect(missing).toEqual([])
})
