//! Works on many things on all cores and hands the answers on in their order, each as soon as its turn comes.

use std::{
    any::Any,
    collections::BTreeMap,
    num::NonZero,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Condvar, Mutex, PoisonError, mpsc},
    thread,
};

use crate::STACK_SIZE;

/// So many answers may wait for a slow one before them, which bounds the memory.
const MOST_WAITING: usize = 64;

/// What a panic left behind.
pub(super) type Panic = Box<dyn Any + Send>;

/// How far the work has come.
#[derive(Debug, Default)]
struct Progress {
    /// The first that nobody works on yet.
    next: usize,
    /// So many answers were handed on.
    done: usize,
}

/// Calls `work` on each item, on as many threads as there are cores, and `take` on each answer in the order of the
/// items, on this thread. A panic of `work` is the answer to its item and ends nothing.
///
/// # Errors
/// The first error of `take`; nothing is taken after it.
pub(super) fn in_order<Item: Sync, Answer: Send, Error>(
    items: &[Item],
    work: impl Fn(&Item) -> Answer + Sync,
    mut take: impl FnMut(Result<Answer, Panic>) -> Result<(), Error>,
) -> Result<(), Error> {
    let careful = |item: &Item| catch_unwind(AssertUnwindSafe(|| work(item)));
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(items.len());
    if threads <= 1 {
        return items.iter().try_for_each(|item| take(careful(item)));
    }
    let progress = Mutex::new(Progress::default());
    let moved_on = Condvar::new();
    let (send, receive) = mpsc::channel();
    thread::scope(|scope| {
        let mut started = 0;
        for _ in 0..threads {
            let (send, progress, moved_on, careful) = (send.clone(), &progress, &moved_on, &careful);
            let work = move || {
                while let Some(place) = next_place(progress, moved_on, items.len()) {
                    // Nobody listens any more after an error.
                    if send.send((place, careful(&items[place]))).is_err() {
                        break;
                    }
                }
            };
            // A machine that gives no more threads still has this one, which the others' work falls to.
            if thread::Builder::new().stack_size(STACK_SIZE).spawn_scoped(scope, work).is_err() {
                break;
            }
            started += 1;
        }
        drop(send);
        if started == 0 {
            return items.iter().try_for_each(|item| take(careful(item)));
        }
        let mut waiting = BTreeMap::new();
        let mut turn = 0;
        for (place, answer) in receive {
            waiting.insert(place, answer);
            while let Some(answer) = waiting.remove(&turn) {
                let taken = take(answer);
                turn += 1;
                let mut progress = progress.lock().unwrap_or_else(PoisonError::into_inner);
                progress.done = turn;
                if taken.is_err() {
                    progress.next = items.len();
                }
                drop(progress);
                moved_on.notify_all();
                taken?;
            }
        }
        Ok(())
    })
}

/// The place of the next item to work on, once it is not too far ahead of what was handed on.
fn next_place(progress: &Mutex<Progress>, moved_on: &Condvar, items: usize) -> Option<usize> {
    let progress = progress.lock().unwrap_or_else(PoisonError::into_inner);
    let too_far = |progress: &mut Progress| progress.next < items && progress.next >= progress.done + MOST_WAITING;
    let mut progress = moved_on.wait_while(progress, too_far).unwrap_or_else(PoisonError::into_inner);
    let place = progress.next;
    if place >= items {
        return None;
    }
    progress.next += 1;
    Some(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_come_in_the_order_of_the_questions() {
        let items: Vec<u64> = (0..500).collect();
        let mut answers = Vec::new();
        // The first ones take longest.
        let slow = |item: &u64| {
            if item.is_multiple_of(50) {
                thread::yield_now();
            }
            item * 2
        };
        let taken: Result<(), ()> = in_order(&items, slow, |answer| {
            answers.push(answer.map_err(drop)?);
            Ok(())
        });
        assert_eq!(taken, Ok(()));
        assert_eq!(answers, (0..500).map(|item| item * 2).collect::<Vec<_>>());
    }

    #[test]
    fn a_panic_is_the_answer_to_its_item_alone() {
        let items: Vec<usize> = (0..200).collect();
        let mut failed = Vec::new();
        let mut place = 0;
        let picky = |item: &usize| assert!(!item.is_multiple_of(70), "a fault");
        let taken: Result<(), ()> = in_order(&items, picky, |answer| {
            if answer.is_err() {
                failed.push(place);
            }
            place += 1;
            Ok(())
        });
        assert_eq!((taken, place, failed), (Ok(()), 200, vec![0, 70, 140]));
    }

    #[test]
    fn an_error_ends_the_work() {
        let items: Vec<usize> = (0..100_000).collect();
        let mut taken = 0;
        let ended = in_order(
            &items,
            |item| *item,
            |_| {
                taken += 1;
                if taken == 10 { Err("enough") } else { Ok(()) }
            },
        );
        assert_eq!((ended, taken), (Err("enough"), 10));
    }
}
