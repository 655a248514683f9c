import { describe, expect, test } from '@jest/globals';
import { isPlaceholder, isSecretName, isSwitch } from '../../lib/report/secret-name';

describe('isSecretName', () => {
  test.each([
    'password',
    'Password',
    'PASSWORD',
    'passwd',
    'pwd',
    'passphrase',
    'PassPhrase',
    'PassWord',
    'pass_word',
    'KeyPassword',
    'keyStorePassword',
    'keystorePass',
    'truststorepass',
    'StorePass',
    'TrustSorePassword',
    'SvnPassword',
    'GitPassword',
    'ConnectionPassword',
    'ldapServerPrinciplePassword',
    'ws.trust.store.Password',
    'transport.jms.Password',
    'mail.smtp.password',
    'rabbitmq.connection.ssl.keystore.password',
    'javax.jdo.option.ConnectionPassword',
    'password1',
    'password.old',
    'passwordHash',
    'passwordValue',
    'passwordadmin',
    'KEYSTORE_PASSWORD',
    'svns:password',
    'secret',
    'GmailClientSecret',
    'secret_access_key',
    'secretKey',
    'Credential',
    'java.naming.security.credentials',
    'oneTimePassword',
    'GmailRefreshToken',
    'KUBERNETES_API_SERVER_TOKEN',
    'SendgridAPIKey',
    'apikey',
    'licenseKey',
    'privateKey',
    'OpenIDPrivateAssociationServerKey',
    'PaypalAPISignature',
    'PasswordResetSecret',
  ])('%s is one', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  test.each([
    '',
    'url',
    'username',
    'PasswordJavaRegEx',
    'PasswordJavaScriptRegEx',
    'ServicePasswordJavaRegEx',
    'PasswordJavaRegExViolationErrorMsg',
    'PasswordDigest',
    'PasswordHashMethod',
    'passwordType',
    'PasswordsExternallyManaged',
    'PasswordGenerator',
    'PasswordProvisioningUI',
    'AdminPasswordReset',
    'UserStorePasswordEncryption',
    'StrictClientCredentialValidation',
    'lastPasswordUpdate.expiry',
    'svns:secretAlias',
    'secretProvider',
    'PassThroughHttpListener',
    'passthru-http',
    'PassiveSTS',
    'bypass',
    'compass',
    'tokenizer',
    'TokenStoreClassName',
    'AccessTokenDefaultValidityPeriod',
    'OAuth2TokenEPUrl',
    'ServerKey',
    'KeyAlias',
    'key',
    'KeyStore',
    'localMemberPort',
  ])('%s is none', (name) => {
    expect(isSecretName(name)).toBe(false);
  });
});

test.each([
  ['StoreSaltedPassword', 'true', true],
  ['changePassword', ' False ', true],
  ['StoreSaltedPassword', 'truely', false],
  ['password', 'true', false],
])('%s with the value "%s" is a switch: %s', (name, value, expected) => {
  expect(isSwitch(name, value)).toBe(expected);
});

test.each([
  ['${admin.password}', true],
  ['$secret{db_password}', true],
  ['$ref{super_admin.password}', true],
  ['{{ DB_PASSWORD }}', true],
  ['{{url:user-name}}', true],
  [' ${a}${b} ', true],
  ['?', true],
  ['', false],
  ['${a}x', false],
  ['${a:-fallback}', false],
  ["{{ a | default('x') }}", false],
  ['{braced}', false],
])('"%s" is a placeholder: %s', (value, expected) => {
  expect(isPlaceholder(value)).toBe(expected);
});
