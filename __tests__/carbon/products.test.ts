import { describe, expect, test } from '@jest/globals';
import { otherProduct, productOf, products } from '../../lib/carbon/products';

const label = (serverKey?: string, name?: string): string => productOf({ serverKey, name }).label;

describe('productOf', () => {
  test.each([
    ['AM', 'API Manager'],
    ['AM-Analytics', 'Analytics'],
    ['AppM', 'App Manager'],
    ['IS', 'Identity Server'],
    ['IS-KM', 'Identity Server'],
    ['Greg', 'Governance Registry'],
    ['AS', 'Application Server'],
    ['ESB', 'Enterprise Service Bus'],
    ['EI', 'Enterprise Integrator'],
    ['EI-Analytics', 'Analytics'],
    ['DSS', 'Data Services Server'],
    ['BPS', 'Business Process Server'],
    ['BAM', 'Business Activity Monitor'],
    ['DAS', 'Analytics'],
    ['MB', 'Message Broker'],
    [' esb\n', 'Enterprise Service Bus'],
    ['ELB', 'Carbon product'],
    ['', 'Carbon product'],
  ])('by the key %j is %s', (serverKey, expected) => {
    expect(label(serverKey)).toBe(expected);
  });

  test.each([
    ['WSO2 API Manager', 'API Manager'],
    ['WSO2 API Manager Analytics Server', 'Analytics'],
    ['WSO2 Enterprise Integrator', 'Enterprise Integrator'],
    ['WSO2 Enterprise Integrator-Broker', 'Message Broker'],
    ['WSO2 Business Activity Monitor', 'Business Activity Monitor'],
    ['Our own server', 'Carbon product'],
  ])('without a key, by the name %j is %s', (name, expected) => {
    expect(label(undefined, name)).toBe(expected);
    expect(label('Unheard', name)).toBe(expected);
  });

  test('believes the key rather than the name, which people change', () => {
    expect(label('ESB', 'API Manager')).toBe('Enterprise Service Bus');
  });
});

describe('the products', () => {
  test.each([...products, otherProduct].map((product) => [product.label, product] as const))(
    'of %s have a JNDI name for each purpose',
    (_, { names, shared }) => {
      const used = [names.registry.jndiName, names.users.jndiName, ...shared.map(({ jndiName }) => jndiName)];
      expect(new Set([...used, 'jdbc/WSO2CarbonDB']).size).toBe(used.length + 1);
      expect(() => new URL(names.instanceUrl)).not.toThrow();
    },
  );

  test('have labels of their own', () => {
    expect(new Set(products.map((product) => product.label)).size).toBe(products.length);
  });
});
