import type { OperationName, PatchOperation } from '../lib/patch/operations';

/** One operation as the reference shows it: on this text it makes something else of it. */
export interface OperationSample<Name extends OperationName> {
  readonly before: string;
  readonly operation: Extract<PatchOperation, { readonly op: Name }>;
}

/** A sample for every operation; an operation without one does not compile. */
export const operationSamples: { readonly [Name in OperationName]: OperationSample<Name> } = {
  setText: {
    before: `<Server>
    <Version><!-- of the product -->4.9.0</Version>
</Server>`,
    operation: { op: 'setText', at: '/Server/Version', value: '5.0.0' },
  },
  setAttribute: {
    before: `<axisconfig>
    <clustering class='org.example.Agent'
                enable='false'/>
</axisconfig>`,
    operation: { op: 'setAttribute', at: '/axisconfig/clustering', name: 'enable', value: 'true' },
  },
  removeAttribute: {
    before: `<Server>
    <Connector port="9763" proxyPort="80"/>
</Server>`,
    operation: { op: 'removeAttribute', at: "/Server/Connector[@port='9763']", name: 'proxyPort' },
  },
  ensureElement: {
    before: `<clustering>
    <parameter name="domain">example</parameter>
    <!--parameter name="localMemberHost">127.0.0.1</parameter-->
    <parameter name="localMemberPort">4000</parameter>
</clustering>`,
    operation: {
      op: 'ensureElement',
      at: '/clustering',
      element: { name: 'parameter', attributes: { name: 'localMemberHost' }, text: '192.0.2.132' },
      key: ['@name'],
      place: ['besideSample', 'last'],
    },
  },
  replaceChildren: {
    before: `<members>
    <!-- Two at least -->
    <member><hostName>192.0.2.1</hostName></member>
</members>`,
    operation: {
      op: 'replaceChildren',
      at: '/members',
      name: 'member',
      children: [
        { name: 'member', children: [{ name: 'hostName', text: '192.0.2.1' }] },
        { name: 'member', children: [{ name: 'hostName', text: '192.0.2.2' }] },
      ],
    },
  },
  removeElement: {
    before: `<properties>
    <property name="subDomain" value="mgt"/>
    <property name="port.mapping.80" value="9763"/>
</properties>`,
    operation: {
      op: 'removeElement',
      at: "/properties/property[starts-with(@name, 'port.mapping.')]",
      occurrences: 'all',
    },
  },
  commentOut: {
    before: `<Server>
    <HostName>esb.example.org</HostName>
</Server>`,
    operation: { op: 'commentOut', at: '/Server/HostName' },
  },
  uncomment: {
    before: `<Server>
    <!--HostName>esb.example.org</HostName-->
</Server>`,
    operation: { op: 'uncomment', at: '/Server/HostName' },
  },
};
