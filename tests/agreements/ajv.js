// Reads {schemas: [[name, schema]], documents: [[schema number, text]], formats: bool} from stdin; prints for each schema
// null or why strict mode refuses it, and for each document whether its schema accepts it.
const Ajv = require("ajv/dist/2020").default;
const addFormats = require("ajv-formats").default;
const task = JSON.parse(require("fs").readFileSync(0, "utf8"));
const compiled = [], refused = [];
for (const [, schema] of task.schemas) {
  const ajv = new Ajv({ strict: true, strictTypes: true, strictRequired: true, validateFormats: task.formats });
  addFormats(ajv);
  try { compiled.push(ajv.compile(schema)); refused.push(null); }
  catch (error) { compiled.push(null); refused.push(error.message); }
}
const verdicts = task.documents.map(([number, text]) => compiled[number] && compiled[number](JSON.parse(text)));
process.stdout.write(JSON.stringify({ refused, verdicts }));
