/** A clinic's week as a planning problem for Timefold Solver: facts, entities, constraint streams, moves. */
package clinic;
