const expression = {
  _input_type: 'MessageTextInput',
  name: 'expression',
  display_name: 'Expression',
  type: 'str',
  value: '',
  required: false,
  advanced: false,
  show: true,
  list: false,
  input_types: ['Message'],
  tool_mode: true,
  load_from_db: false,
}

/** A component as the catalogue and nodes hold it; real ones carry more keys. */
export const exampleComponent = {
  template: { _type: 'Component', expression },
  display_name: 'Calculator',
  description: 'Perform basic arithmetic operations on a given expression.',
  icon: 'calculator',
  base_classes: ['Data', 'JSON'],
  outputs: [
    {
      name: 'result',
      display_name: 'JSON',
      types: ['Data', 'JSON'],
      selected: 'Data',
      method: 'evaluate_expression',
      cache: true,
      tool_mode: true,
    },
  ],
  field_order: ['expression'],
  beta: false,
  legacy: false,
  edited: false,
  tool_mode: false,
}

/** The same after its field was set. */
export const exampleChangedComponent = {
  ...exampleComponent,
  template: { _type: 'Component', expression: { ...expression, value: '4*4' } },
}

/** The body that changes it. */
export const exampleChange = {
  code: '',
  field: 'expression',
  field_value: '4*4',
  template: exampleComponent.template,
  frontend_node: exampleComponent,
}
