//! What was worked out from one unit's text, kept as long as the unit stays as it is.

use std::{
    any::Any,
    sync::{Arc, Mutex, PoisonError},
};

/// Places for what others work out about a unit, one for each type. Two memos are always equal: they say nothing that
/// does not follow from the unit.
#[derive(Default)]
pub(crate) struct Memo(Mutex<Vec<Arc<dyn Any + Send + Sync>>>);

impl Memo {
    /// The value of a type; its default at first.
    pub(crate) fn of<T: Any + Send + Sync + Default>(&self) -> Arc<T> {
        let mut values = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = values.iter().find_map(|value| Arc::clone(value).downcast::<T>().ok());
        known.unwrap_or_else(|| {
            let value = Arc::new(T::default());
            values.push(Arc::clone(&value) as Arc<dyn Any + Send + Sync>);
            value
        })
    }
}

impl Clone for Memo {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl PartialEq for Memo {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}

impl std::fmt::Debug for Memo {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Memo")
    }
}
