// Calls every serverless operation of Twilio's helper library, and fails if it has one that is not called here.
//
//     node helper-library.js '{"url":…,"accountSid":…,"authToken":…,…}'
//
// The argument also has the SIDs of a Service with what the library cannot create: a Function and an Asset with one
// version each, and a Log. Prints the operations and the SIDs of what it leaves behind.
"use strict";
const assert = require("node:assert");
const twilio = require("twilio");

const Origin = "https://serverless.twilio.com";
const given = JSON.parse(process.argv[2]);

/** Sends requests to the emulator, and remembers the operations that succeed. */
class EmulatorClient extends twilio.RequestClient {
  called = new Set();

  async request(options) {
    const { origin, pathname, search } = new URL(options.uri);
    assert.ok([Origin, new URL(given.url).origin].includes(origin), `a request is for ${origin}`);
    const response = await super.request({ ...options, uri: new URL(pathname + search, given.url).href });
    if (response.statusCode < 300) {
      this.called.add(describe(options.method, pathname));
    }
    return response;
  }
}

/** The method and path of a request, such as `GET /v1/Services/{}`: a name or SID follows each collection. */
function describe(method, path) {
  const segments = path.split("/").map((segment, i) => (i > 2 && i % 2 === 1 ? "{}" : segment));
  return `${method.toUpperCase()} ${segments.join("/")}`;
}

/** Finds all operations by calling what the library's objects have with a client that only notes the requests. */
async function findOperations() {
  const found = new Set();
  const noting = twilio(given.accountSid, given.authToken, {
    httpClient: {
      request: async ({ method, uri }) => {
        found.add(describe(method, new URL(uri).pathname));
        throw new Error("noted");
      },
    },
  });
  const anything = new Proxy({}, { get: (_, name) => (typeof name === "string" ? "x" : undefined) });
  const note = (operation, ...args) => operation(...args).catch((error) => assert.strictEqual(error.message, "noted"));

  async function visitList(list) {
    const operations = Object.keys(list).filter((name) => typeof list[name] === "function");
    for (const name of operations.filter((name) => !IsNoRequest.has(name) && !name.endsWith("WithHttpInfo"))) {
      await note((...args) => list[name](...args), ...(name === "create" ? [anything] : []));
    }
    await visitContext(list.get("X"));
  }

  async function visitContext(context) {
    const members = Object.getOwnPropertyDescriptors(Object.getPrototypeOf(context));
    for (const [name, member] of Object.entries(members)) {
      if (member.get) {
        const child = context[name];
        await (child.get ? visitList(child) : visitContext(child()));
      } else if (!IsNoRequest.has(name) && !name.endsWith("WithHttpInfo") && !name.startsWith("_")) {
        await note((...args) => context[name](...args), ...(name === "update" ? [anything] : []));
      }
    }
  }

  await visitList(noting.serverless.v1.services);
  return found;
}

/** Members that send no request, and `each` and `getPage`, which send that of `page`. */
const IsNoRequest = new Set(["constructor", "get", "toJSON", "each", "getPage"]);

/** The fields of a resource. The library leaves those undefined that the response does not have. */
function fieldsOf(resource) {
  const fields = resource.toJSON();
  for (const [name, value] of Object.entries(fields)) {
    assert.notStrictEqual(value, undefined, `${resource.constructor.name} has no ${name}`);
    assert.ok(!(value instanceof Date && isNaN(value)), `${resource.constructor.name} has an invalid ${name}`);
  }
  return fields;
}

function assertSame(actual, expected) {
  assert.deepStrictEqual(fieldsOf(actual), fieldsOf(expected));
}

/** Compares what a list has in pages of one item with resources, of which the newest is the first. */
async function assertListed(list, newestFirst) {
  const listed = await list.list({ pageSize: 1 });
  assert.deepStrictEqual(listed.map(fieldsOf), newestFirst.map(fieldsOf));
}

async function callEverything(client) {
  const { services } = client.serverless.v1;
  const shop = services(given.serviceSid);

  const created = await services.create({ uniqueName: "node", friendlyName: "First", includeCredentials: false });
  const updated = await created.update({ friendlyName: "Second", uiEditable: true });
  assert.deepStrictEqual(
    [updated.sid, updated.friendlyName, updated.includeCredentials, updated.uiEditable],
    [created.sid, "Second", false, true]
  );
  assertSame(await services(created.sid).fetch(), updated);
  await assertListed(services, [updated, await shop.fetch()]);
  const removed = await services.create({ uniqueName: "removed", friendlyName: "Removed" });
  assert.strictEqual(await removed.remove(), true);
  await assert.rejects(services(removed.sid).fetch(), { status: 404, code: 20404 });

  for (const collection of ["assets", "functions"]) {
    const resources = services(created.sid)[collection];
    const first = await resources.create({ friendlyName: "first" });
    const second = await (await resources.create({ friendlyName: "second" })).update({ friendlyName: "renamed" });
    assert.strictEqual(second.friendlyName, "renamed");
    assertSame(await resources(first.sid).fetch(), first);
    await assertListed(resources, [second, first]);
    assert.strictEqual(await first.remove(), true);
    await assertListed(resources, [second]);
  }

  const assetVersions = shop.assets(given.assetSid).assetVersions;
  await assertListed(assetVersions, [await assetVersions(given.assetVersionSid).fetch()]);
  const functionVersions = shop.functions(given.functionSid).functionVersions;
  await assertListed(functionVersions, [await functionVersions(given.functionVersionSid).fetch()]);
  const content = await functionVersions(given.functionVersionSid).functionVersionContent().fetch();
  assert.strictEqual(fieldsOf(content).content, given.functionContent);

  const build = await shop.builds.create({
    assetVersions: [given.assetVersionSid],
    functionVersions: [given.functionVersionSid],
    dependencies: JSON.stringify([{ name: "lodash", version: "4.17.21" }]),
    runtime: "node22",
  });
  assertSame(await shop.builds(build.sid).fetch(), build);
  assert.strictEqual(fieldsOf(await shop.builds(build.sid).buildStatus().fetch()).status, "completed");
  const unused = await shop.builds.create({ assetVersions: [given.assetVersionSid] });
  assert.deepStrictEqual((await shop.builds.list()).slice(0, 2).map(fieldsOf), [unused, build].map(fieldsOf));
  assert.strictEqual(await unused.remove(), true);
  await assert.rejects(shop.builds(unused.sid).fetch(), { status: 404 });

  const environments = shop.environments;
  const other = await environments.create({ uniqueName: "other", domainSuffix: "other" });
  const environment = await environments.create({ uniqueName: "node", domainSuffix: "node" });
  assertSame(await environments(environment.sid).fetch(), environment);
  assert.deepStrictEqual(
    (await environments.list({ pageSize: 1 })).map((item) => item.uniqueName),
    ["node", "other", "dev"]
  );
  assert.strictEqual(await other.remove(), true);

  const { deployments, variables } = environments(environment.sid);
  const first = await deployments.create({ buildSid: build.sid });
  const nothing = await deployments.create();
  const last = await deployments.create({ buildSid: build.sid });
  assertSame(await deployments(last.sid).fetch(), last);
  await assertListed(deployments, [last, nothing, first]);
  await assert.rejects(deployments.create({ buildSid: build.sid }), { status: 409, code: 20409 });

  const color = await variables.create({ key: "COLOR", value: "red" });
  const size = await variables.create({ key: "SIZE", value: "1" });
  assertSame(await variables(color.sid).fetch(), color);
  await assertListed(variables, [size, color]);
  assert.strictEqual((await color.update({ value: "grün & blau" })).value, "grün & blau");
  assert.strictEqual(await size.remove(), true);

  const { logs } = environments(given.environmentSid);
  await assertListed(logs, [await logs(given.logSid).fetch()]);
  assert.deepStrictEqual(
    (await logs.list({ functionSid: given.functionSid, startDate: new Date(0) })).map((log) => log.sid),
    [given.logSid]
  );

  return {
    serviceSid: created.sid,
    environmentSid: environment.sid,
    buildSid: build.sid,
    domainName: environment.domainName,
  };
}

async function main() {
  const operations = [...(await findOperations())].sort();
  const httpClient = new EmulatorClient();
  const left = await callEverything(twilio(given.accountSid, given.authToken, { httpClient }));
  assert.deepStrictEqual([...httpClient.called].sort(), operations, "Call every operation, and no others.");
  console.log(JSON.stringify({ operations, ...left }));
}

main();
