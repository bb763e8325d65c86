"""Long work, done after the page has answered: one table, claimed by compare-and-swap, survives restarts.

A room says what a kind of job does and who may have it done (`register`, from its `apps.ready`) and puts one into the
queue inside its own action's transaction (`throughline.jobs.queue.enqueue`).
"""

from throughline.jobs.kinds import CannotFinish, Work, register

__all__ = ["CannotFinish", "Work", "register"]
