import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig } from 'eslint/config';
import { naming, shared } from '../Swarms.Hub.Client.Js/eslint.shared.js';

const message = 'Texts of the interface are in src/language: use t() of useLanguage.';
/** The attributes whose values people read or hear. */
const spoken = 'JSXAttribute[name.name=/^(aria-(label|description|roledescription|valuetext)|title|placeholder|alt|label)$/]';
const asks = 'CallExpression[callee.name=/^(confirm|alert|prompt)$/]';

/** Selects code that has letters of its own where people read or hear it. */
const textsOfTheInterface = [
  'JSXText[value=/\\p{L}/u]',
  ...[
    ':matches(JSXElement, JSXFragment) > JSXExpressionContainer >',
    `${spoken} >`,
    `${spoken} > JSXExpressionContainer >`,
    `${asks} >`,
  ].flatMap(place =>
    ['', 'ConditionalExpression > ', 'LogicalExpression > '].flatMap(between => [
      `${place} ${between}Literal[value=/\\p{L}/u]`,
      `${place} ${between}TemplateLiteral > TemplateElement[value.raw=/\\p{L}/u]`,
    ]),
  ),
].map(selector => ({ selector, message }));

export default defineConfig({
  files: ['**/*.ts', '**/*.tsx'],
  extends: [shared, reactHooks.configs.flat['recommended-latest'], jsxA11y.flatConfigs.strict],
  rules: {
    '@typescript-eslint/naming-convention': ['error', ...naming, { selector: 'function', format: ['camelCase', 'PascalCase'] }],
    'no-restricted-syntax': ['error', ...textsOfTheInterface],
    // A box that scrolls must take the focus, or nobody can scroll it by keyboard.
    'jsx-a11y/no-noninteractive-tabindex': ['error', { roles: ['log', 'region'] }],
  },
});
