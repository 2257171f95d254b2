/**
 * Spillover as global balancers do it: demand fills the nearest region up to a level, what is above it goes to the next.
 * Plain numbers; it must not know regions or clients.
 */

/** By row (where demand comes from) and column (where it may go): the share of the row's demand that goes there. */
export type Shares = readonly Float64Array[];

/**
 * Pairs are filled from near to far, so a region near to several serves whoever is nearest first. What no region has room
 * for below its level is spread by capacity.
 * @param demand per row, ≥ 0
 * @param room per column, ≥ 0; Infinity without limit
 * @param far distance of a pair; smaller is nearer
 */
export function waterfall(
  demand: readonly number[],
  room: readonly number[],
  far: (row: number, column: number) => number,
): Shares {
  const left = [...demand];
  const free = [...room];
  const given = demand.map(() => new Float64Array(room.length));
  const pairs = demand.flatMap((_, row) => room.map((_, column) => ({ row, column })));
  pairs.sort((a, b) => far(a.row, a.column) - far(b.row, b.column) || a.row - b.row || a.column - b.column);
  for (const { row, column } of pairs) {
    const moved = Math.min(left[row], free[column]);
    given[row][column] += moved;
    left[row] -= moved;
    free[column] -= moved;
  }
  const capacity = room.reduce((sum, each) => sum + each, 0);
  return given.map((row, i) => {
    if (demand[i] === 0) return onlyNearest(room.length, (column) => far(i, column));
    return row.map((moved, column) => (moved + spread(left[i], room[column], capacity)) / demand[i]);
  });
}

function spread(left: number, room: number, capacity: number): number {
  return left === 0 || capacity === 0 ? 0 : (left * room) / capacity;
}

/** Nobody has asked from here yet: whoever does first goes to the nearest. */
function onlyNearest(columns: number, far: (column: number) => number): Float64Array {
  const shares = new Float64Array(columns);
  let nearest = 0;
  for (let column = 1; column < columns; column++) if (far(column) < far(nearest)) nearest = column;
  if (columns > 0) shares[nearest] = 1;
  return shares;
}
