// check.mjs: reads BPMN files with bpmn-moddle and sees that each is a whole process with a whole
// diagram. One line a check: ok or bad, name, what is wrong, divided by tabs.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { BpmnModdle } from 'bpmn-moddle';

const tell = (name, faults) =>
  console.log([faults.length ? 'bad' : 'ok', name, faults.slice(0, 3).join('; ')].join('\t'));

const is = (element, type) => element.$instanceOf(type);

// Flow elements of a process, those inside its sub-processes included.
const allOf = container =>
  container.flowElements.flatMap(one => [one, ...(one.flowElements ? allOf(one) : [])]);

function flowFaults(elements) {
  const faults = [];
  for (const node of elements.filter(one => is(one, 'bpmn:FlowNode'))) {
    const inside = is(node.$parent, 'bpmn:AdHocSubProcess');
    const attached = is(node, 'bpmn:BoundaryEvent');
    const incoming = node.incoming ?? [], outgoing = node.outgoing ?? [];
    if (inside || attached) {
      if (incoming.length + outgoing.length) faults.push(`${node.id} has flows`);
      continue;
    }
    if (!incoming.length !== is(node, 'bpmn:StartEvent')) faults.push(`nothing enters ${node.id}`);
    if (!outgoing.length !== is(node, 'bpmn:EndEvent')) faults.push(`nothing leaves ${node.id}`);
    if (outgoing.length > 1 && !is(node, 'bpmn:ExclusiveGateway')) {
      faults.push(`${node.id} goes several ways at once`);
    }
  }
  for (const flow of elements.filter(one => is(one, 'bpmn:SequenceFlow'))) {
    if (!flow.sourceRef?.outgoing?.includes(flow)) faults.push(`${flow.id} leaves nothing`);
    if (!flow.targetRef?.incoming?.includes(flow)) faults.push(`${flow.id} enters nothing`);
  }
  return faults;
}

// From a start event every element can be reached, and from every element an end event.
function reachFaults(elements) {
  const flows = elements.filter(one => is(one, 'bpmn:SequenceFlow'));
  const grow = (seed, from, to) => {
    const seen = new Set(seed);
    for (let before = -1; before !== seen.size;) {
      before = seen.size;
      flows.forEach(flow => seen.has(flow[from]) && seen.add(flow[to]));
    }
    return seen;
  };
  const starts = elements.filter(one => is(one, 'bpmn:StartEvent'));
  const ends = elements.filter(one => is(one, 'bpmn:EndEvent'));
  const reached = grow(starts, 'sourceRef', 'targetRef');
  const left = grow(ends, 'targetRef', 'sourceRef');
  return elements
    .filter(one => one.incoming || one.outgoing)
    .flatMap(one => [
      ...(reached.has(one) ? [] : [`${one.id} is never reached`]),
      ...(left.has(one) ? [] : [`no end is reached from ${one.id}`]),
    ]);
}

const ownerFaults = elements =>
  elements
    .filter(one => is(one, 'bpmn:UserTask'))
    .filter(task => !task.resources?.length || task.resources.some(own => !own.resourceRef?.name))
    .map(task => `nobody does ${task.id}`);

function timerFaults(elements) {
  const timers = elements.filter(one => is(one, 'bpmn:BoundaryEvent'));
  return timers
    .filter(one => one.cancelActivity !== false || !one.attachedToRef || !/\d/.test(one.name))
    .map(one => `${one.id} is no period of a stage`);
}

const touches = (point, { x, y, width, height }) =>
  point.x >= x && point.x <= x + width && point.y >= y && point.y <= y + height &&
  (point.x === x || point.x === x + width || point.y === y || point.y === y + height);

const overlap = (a, b) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

function diagramFaults(definitions, elements, groups) {
  const faults = [], shapes = new Map(), edges = new Map();
  for (const one of definitions.diagrams[0].plane.planeElement) {
    const of = is(one, 'bpmndi:BPMNEdge') ? edges : shapes;
    if (!one.bpmnElement) faults.push(`${one.id} draws nothing`);
    if (of.has(one.bpmnElement)) faults.push(`${one.bpmnElement.id} is drawn twice`);
    of.set(one.bpmnElement, one);
  }
  for (const one of [...elements, ...groups]) {
    if (!(is(one, 'bpmn:SequenceFlow') ? edges : shapes).has(one)) {
      faults.push(`${one.id} is not drawn`);
    }
  }
  for (const [flow, edge] of edges) {
    const from = shapes.get(flow.sourceRef).bounds, to = shapes.get(flow.targetRef).bounds;
    if (!touches(edge.waypoint[0], from)) faults.push(`${flow.id} does not begin at its source`);
    if (!touches(edge.waypoint.at(-1), to)) faults.push(`${flow.id} does not end at its target`);
  }
  const placed = [...shapes].filter(([one]) =>
    !is(one, 'bpmn:BoundaryEvent') && !is(one, 'bpmn:Group'));
  placed.forEach(([a, shape], i) => placed.slice(0, i).forEach(([b, other]) => {
    if (a.$parent === b.$parent && overlap(shape.bounds, other.bounds)) {
      faults.push(`${a.id} lies on ${b.id}`);
    }
  }));
  return faults;
}

for (const file of process.argv.slice(2)) {
  const name = basename(file);
  try {
    const read = await new BpmnModdle().fromXML(await readFile(file, 'utf8'));
    const definitions = read.rootElement;
    const process_ = definitions.rootElements.find(one => is(one, 'bpmn:Process'));
    const elements = allOf(process_);
    tell(`${name} is read without a warning`, read.warnings.map(one => one.message));
    tell(`${name}: every flow has two ends`, flowFaults(elements));
    tell(`${name}: everything is reached and comes to an end`, reachFaults(elements));
    tell(`${name}: every task has somebody who may do it`, ownerFaults(elements));
    tell(`${name}: periods are timers that interrupt nothing`, timerFaults(elements));
    tell(`${name}: everything is drawn once, and apart`,
      diagramFaults(definitions, elements, process_.artifacts ?? []));
  } catch (error) {
    tell(`${name} is read`, [error.message.replaceAll(/\s+/g, ' ')]);
  }
}
