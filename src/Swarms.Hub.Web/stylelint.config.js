export default {
  extends: 'stylelint-config-standard',
  reportDescriptionlessDisables: true,
  reportNeedlessDisables: true,
  rules: {
    'color-named': 'never',
    'color-no-hex': true,
    'function-disallowed-list': ['rgb', 'hsl'],
  },
  overrides: [{ files: ['src/tokens.css'], rules: { 'color-no-hex': null, 'function-disallowed-list': null } }],
};
